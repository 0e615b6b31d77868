# Makes ../inference/*.json: what car, sandwich, emmeans, MASS, stats, statmod (by its formula) and brglm2 say about the fits whose data
# stand in ../*.json. Run in this folder: Rscript inference.R
suppressPackageStartupMessages({
  library(jsonlite); library(MASS); library(car); library(sandwich); library(emmeans); library(brglm2)
})
source("settled-fit.R")
emm_options(cov.keep = character(0))
options(contrasts = c("contr.treatment", "contr.poly"))
tight <- glm.control(epsilon = 1e-14, maxit = 200)
versions <- c(R = R.version.string, sapply(c("MASS", "car", "sandwich", "emmeans", "brglm2", "jsonlite"), function(p) as.character(packageVersion(p))))

readCase <- function(name) fromJSON(file.path("..", paste0(name, ".json")), simplifyVector = TRUE)
frame <- function(columns) as.data.frame(lapply(columns, function(column)
  if (column$type == "factor") factor(column$values, levels = column$levels) else column$values), check.names = FALSE)
write <- function(name, value) writeLines(
  toJSON(c(list(name = name, script = "scripts/inference.R", versions = as.list(versions)), value), digits = NA, auto_unbox = TRUE, na = "null", null = "null", matrix = "rowmajor"),
  file.path("../inference", paste0(name, ".json")))
# Columns as arrays even where there is one row.
table <- function(x) {
  x <- as.data.frame(x)
  c(list(rows = I(rownames(x))), lapply(x, function(column) I(if (is.factor(column)) as.character(column) else column)))
}
plain <- function(x) I(unname(as.numeric(x)))

## car::Anova, stats::anova
termTests <- function(fit, estimated) {
  out <- list(
    typeII = list(LR = table(Anova(fit, type = 2, test = "LR")), Wald = table(Anova(fit, type = 2, test = "Wald"))),
    typeIII = list(LR = table(Anova(fit, type = 3, test = "LR")), Wald = table(Anova(fit, type = 3, test = "Wald"))),
    typeI = list(LR = table(anova(fit, test = "Chisq"))))
  if (estimated) {
    out$typeI$F <- table(anova(fit, test = "F"))
    out$typeII$F <- table(Anova(fit, type = 2, test = "F"))
    out$typeIII$F <- table(Anova(fit, type = 3, test = "F"))
    out$typeII$FbyDeviance <- table(Anova(fit, type = 2, test = "F", error.estimate = "deviance"))
    out$drop1 <- table(drop1(fit, test = "F"))
  }
  out
}

## sandwich; HC0 to HC3 also by their formula, as a check of the software
robust <- function(fit, clusters) {
  X <- model.matrix(fit); X <- X[, !is.na(coef(fit)), drop = FALSE]
  score <- X * (fit$weights * residuals(fit, "working")); bread <- summary(fit)$cov.unscaled; h <- hatvalues(fit)
  for (type in c("HC0", "HC2", "HC3")) {
    byHand <- bread %*% crossprod(score / switch(type, HC0 = 1, HC2 = sqrt(1 - h), HC3 = 1 - h)) %*% bread
    stopifnot(all.equal(unname(byHand), unname(vcovHC(fit, type = type)), tolerance = 1e-9))
  }
  list(HC0 = vcovHC(fit, type = "HC0"), HC1 = vcovHC(fit, type = "HC1"), HC2 = vcovHC(fit, type = "HC2"), HC3 = vcovHC(fit, type = "HC3"),
    clusterHC0 = vcovCL(fit, cluster = clusters, type = "HC0", cadjust = FALSE), clusterHC0adjusted = vcovCL(fit, cluster = clusters, type = "HC0", cadjust = TRUE),
    clusterHC1 = vcovCL(fit, cluster = clusters, type = "HC1", cadjust = TRUE))
}

## car::linearHypothesis
hypotheses <- function(fit, list, covariance = NULL) lapply(list, function(h) {
  test <- function(kind) {
    a <- if (is.null(covariance)) linearHypothesis(fit, h, test = kind) else linearHypothesis(fit, h, test = kind, vcov. = covariance)
    list(df = a$Df[2], statistic = a[2, if (kind == "F") "F" else "Chisq"], p = a[2, ncol(a)])
  }
  list(hypothesis = I(h), chisq = test("Chisq"), F = test("F"))
})

## emmeans
means <- function(fit, specs, df, weights = "equal", at = NULL, ...) {
  em <- if (is.null(at)) emmeans(fit, specs, weights = weights, df = df, ...) else emmeans(fit, specs, weights = weights, at = at, df = df, ...)
  show <- function(e, type) { s <- as.data.frame(summary(e, type = type, infer = c(TRUE, TRUE))); table(s) }
  contrasts <- function(type, adjust) { s <- as.data.frame(summary(pairs(em), type = type, infer = c(TRUE, TRUE), adjust = adjust)); table(s) }
  list(specs = I(specs), weights = weights, at = at, df = if (is.finite(df)) df else "Infinity", link = show(em, "link"), response = show(em, "response"),
    pairs = list(none = contrasts("link", "none"), bonferroni = contrasts("link", "bonferroni"), holm = contrasts("link", "holm"), responseNone = contrasts("response", "none"),
      differences = table(as.data.frame(summary(pairs(regrid(em)), infer = c(TRUE, TRUE), adjust = "none")))))
}

## intervals: Wald by normal and by t quantiles; profiles by MASS (splines) and by solving the likelihood equation itself
exactProfile <- function(fit, normal) {
  X <- model.matrix(fit); y <- fit$y; w <- fit$prior.weights; family <- fit$family
  o <- if (is.null(fit$offset)) rep(0, length(y)) else fit$offset
  s <- summary(fit); scale <- s$dispersion; beta <- coef(fit); se <- s$coefficients[, 2]
  cut <- if (normal) qnorm(0.975) else qt(0.975, fit$df.residual)
  t(sapply(seq_along(beta), function(j) {
    start <- beta[-j]
    signed <- function(b) {
      refit <- function(start) tryCatch(suppressWarnings(glm.fit(X[, -j, drop = FALSE], y, w, offset = o + b * X[, j], family = family, control = tight, start = start)$deviance), error = function(e) Inf)
      # Scoring from the estimates can end beside the maximum when b is far off: the best of two starts counts.
      deviance <- min(refit(start), refit(NULL))
      sign(b - beta[j]) * sqrt(max(0, deviance - fit$deviance) / scale)
    }
    end <- function(side) {
      step <- 2 * se[j]; b <- beta[j] + side * step
      for (i in 1:30) { if (abs(signed(b)) > cut) break; b <- b + side * step }
      uniroot(function(b) signed(b) - side * cut, sort(c(beta[j] + side * se[j] * 0.3, b)), tol = 1e-13 * max(abs(b), se[j]))$root
    }
    c(end(-1), end(1))
  }))
}
intervals <- function(fit, profile) {
  s <- summary(fit)$coefficients
  out <- list(waldNormal = confint.default(fit), waldNormal90 = confint.default(fit, level = 0.9),
    waldT = cbind(s[, 1] - qt(0.975, fit$df.residual) * s[, 2], s[, 1] + qt(0.975, fit$df.residual) * s[, 2]))
  if (profile) {
    out$profileMass <- suppressMessages(confint(fit))
    out$profileExact <- exactProfile(fit, TRUE)
    out$profileExactT <- exactProfile(fit, FALSE)
  }
  out
}

criteria <- function(fit) {
  ll <- tryCatch(logLik(fit), error = function(e) NA); k <- attr(ll, "df"); n <- nobs(fit)
  list(aic = AIC(fit), aicc = AIC(fit) + 2 * k * (k + 1) / (n - k - 1), bic = BIC(fit), parameters = k, numObservations = n)
}

diagnostics <- function(fit) list(
  standardizedDeviance = plain(rstandard(fit)), standardizedPearson = plain(rstandard(fit, type = "pearson")), studentized = plain(rstudent(fit)),
  dfbetas = unname(dfbetas(fit)), dfbeta = unname(dfbeta(fit)), dffits = plain(dffits(fit)), cooks = plain(cooks.distance(fit)), hat = plain(hatvalues(fit)),
  vif = if (length(attr(terms(fit), "term.labels")) > 1) { v <- vif(fit); if (is.matrix(v)) table(v) else list(rows = I(names(v)), GVIF = plain(v)) })

# P(Y < y) and P(Y <= y): a quantile residual is qnorm of a number between them (Dunn & Smyth 1996)
quantileBounds <- function(fit) {
  y <- fit$y; mu <- fitted(fit); w <- fit$prior.weights; name <- fit$family$family
  phi <- summary(fit)$dispersion
  between <- function(below, upTo) list(below = plain(below), atOrBelow = plain(upTo))
  if (name == "binomial") between(pbinom(round(y * w) - 1, round(w), mu), pbinom(round(y * w), round(w), mu))
  else if (name == "poisson") between(ppois(y - 1, mu), ppois(y, mu))
  else if (grepl("Negative", name)) between(pnbinom(y - 1, size = fit$theta, mu = mu), pnbinom(y, size = fit$theta, mu = mu))
  else if (name == "Gamma") { p <- pgamma(y, shape = w / phi, scale = mu * phi / w); between(p, p) }
  else if (name == "gaussian") { p <- pnorm(y, mu, sqrt(phi / w)); between(p, p) }
  else if (name == "inverse.gaussian") { p <- statmod::pinvgauss(y, mu, dispersion = phi / w); between(p, p) }
}

countTests <- function(fit) {
  y <- fit$y; mu <- fitted(fit); X <- model.matrix(fit); n <- length(y)
  pearson <- sum(residuals(fit, "pearson")^2)
  aux <- ((y - mu)^2 - y) / mu
  linear <- summary(lm(aux ~ 1))$coefficients; quadratic <- summary(lm(aux ~ 0 + mu))$coefficients
  p0 <- exp(-mu)
  score <- sum((y == 0) / p0 - 1)
  information <- sum((1 - p0) / p0) - drop(t(colSums(X * mu)) %*% solve(crossprod(X * sqrt(mu))) %*% colSums(X * mu))
  list(
    pearson = list(statistic = pearson, df = fit$df.residual, ratio = pearson / fit$df.residual, p = pchisq(pearson, fit$df.residual, lower.tail = FALSE)),
    cameronTrivedi = list(
      linear = list(estimate = linear[1], statistic = linear[3], pNormalOneSided = pnorm(linear[3], lower.tail = FALSE)),
      quadratic = list(estimate = quadratic[1], statistic = quadratic[3], pNormalOneSided = pnorm(quadratic[3], lower.tail = FALSE))),
    zeros = list(observed = sum(y == 0), expected = sum(p0), scoreStatistic = score^2 / information, p = pchisq(score^2 / information, 1, lower.tail = FALSE)))
}

describe <- function(name, fit, clusters = NULL, hypothesis = NULL, marginal = NULL, profile = TRUE, estimated = FALSE, counts = FALSE) {
  cat(name, "\n")
  s <- summary(fit)
  ok <- !is.na(coef(fit))
  write(name, list(
    case = attr(fit, "case"), formula = paste(deparse(formula(fit), width.cutoff = 500), collapse = ""), family = fit$family$family, link = fit$family$link,
    data = attr(fit, "columns"), weights = attr(fit, "weights"), columnNames = I(names(coef(fit))),
    coefficients = plain(coef(fit)), se = plain(s$coefficients[, 2]), dispersion = s$dispersion, theta = fit$theta, deviance = fit$deviance,
    clusters = if (!is.null(clusters)) I(as.character(clusters)),
    tests = termTests(fit, estimated), robust = if (!is.null(clusters)) robust(fit, clusters),
    hypotheses = if (!is.null(hypothesis)) hypotheses(fit, hypothesis),
    robustHypotheses = if (!is.null(hypothesis)) hypotheses(fit, hypothesis, vcovHC(fit, type = "HC3")),
    marginalMeans = marginal, intervals = intervals(fit, profile), criteria = criteria(fit), diagnostics = diagnostics(fit),
    quantileBounds = quantileBounds(fit), counts = if (counts) countTests(fit)))
}

# A fit to the data of a case (or to others given), with its formula standing in the call so that update() works.
fitCase <- function(case, formula, family, columns = NULL, weights = NULL, engine = "glm", contrasts = NULL, control = tight) {
  source <- readCase(case)
  columns <- if (is.null(columns)) source$data else columns(source$data)
  d <<- frame(columns); if (!is.null(weights)) d$.w <<- weights(source)
  arguments <- list(formula = formula, data = quote(d), control = control)
  if (engine == "glm") { arguments$family <- family; arguments$method <- quote(settledFit) }
  if (!is.null(weights)) arguments$weights <- quote(.w)
  if (!is.null(contrasts)) arguments$contrasts <- contrasts
  fit <- do.call(if (engine == "glm") "glm" else "glm.nb", arguments)
  attr(fit, "case") <- case
  attr(fit, "columns") <- lapply(columns, function(c) if (c$type == "factor") list(type = "factor", levels = I(c$levels), values = I(c$values)) else list(type = "numeric", values = I(c$values)))
  attr(fit, "weights") <- if (!is.null(weights)) I(d$.w)
  fit
}

fit <- fitCase("binomial_logit_mroz", y ~ k5 + k618 + age + wc + hc + lwg + inc, binomial())
describe("mroz_logit", fit, clusters = d$k618, hypothesis = list("wcyes = hcyes", c("k5 = -1.5", "k618 = 0"), "2*age + 3*inc = -0.2", c("lwg = 1 + hcyes")),
  marginal = list(means(fit, "wc", Inf), means(fit, c("wc", "hc"), Inf), means(fit, "wc", Inf, weights = "proportional"), means(fit, "hc", Inf, at = list(age = 30, k5 = 1)), means(fit, "age", Inf, at = list(age = c(30, 45, 60)))))

fit <- fitCase("poisson_insurance_offset", Claims ~ District + Group + Age + offset(.o), poisson())
describe("insurance_poisson", fit, clusters = d$District, counts = TRUE, hypothesis = list("District2 = District3", c("Group1-1.5l = 0", "Group1.5-2l = 0", "Group>2l = 0")),
  marginal = list(means(fit, "District", Inf), means(fit, "Age", Inf, weights = "proportional"), means(fit, c("Group", "Age"), Inf)))

# Counts with many zeros; the case holds a matrix instead of columns.
affairs <- readCase("sm_negbin_alpha_fair")
fairColumns <- function(columns) c(list(y = list(type = "numeric", values = affairs$y)), setNames(lapply(2:6, function(j) list(type = "numeric", values = affairs$modelMatrix[, j])), affairs$columnNames[-1]))
fit <- fitCase("sm_negbin_alpha_fair", y ~ rate_marriage + age + yrs_married + religious + educ, poisson(), columns = fairColumns)
describe("fair_poisson", fit, clusters = d$religious, counts = TRUE, hypothesis = list("age = yrs_married"), marginal = list(means(fit, "religious", Inf, at = list(religious = 1:4))))

fit <- fitCase("gamma_log_cars", Price ~ I(Mileage/10000) + Cylinder + Make, Gamma(link = "log"))
describe("cars_gamma", fit, clusters = d$Cylinder, estimated = TRUE, hypothesis = list("MakeCadillac = MakeChevy", c("MakeChevy = 0", "MakeOther = 0")),
  marginal = list(means(fit, "Make", fit$df.residual), means(fit, "Make", fit$df.residual, at = list(Cylinder = 8, Mileage = 10000)), means(fit, "Cylinder", fit$df.residual, at = list(Cylinder = c(4, 6, 8)), weights = "proportional")))

fit <- fitCase("poisson_interaction_warpbreaks", breaks ~ wool * tension, poisson())
# Looms: the cells of the table each sum to 0, so that clusters must cut across them.
loom <- factor(rep(1:9, 6))
describe("warpbreaks_poisson", fit, clusters = loom, counts = TRUE, hypothesis = list("tensionM = tensionH", c("woolB:tensionM = 0", "woolB:tensionH = 0"), "woolB + 0.5*woolB:tensionM - woolB:tensionH = 0.1"),
  marginal = list(means(fit, "wool", Inf), means(fit, c("wool", "tension"), Inf), means(fit, "tension", Inf, weights = "proportional")))

fit <- fitCase("poisson_interaction_warpbreaks", breaks ~ wool * tension, poisson(), contrasts = list(wool = "contr.sum", tension = "contr.sum"))
describe("warpbreaks_poisson_sum", fit, clusters = loom, marginal = list(means(fit, "wool", Inf)))

fit <- fitCase("quasipoisson_warpbreaks", breaks ~ wool * tension, quasipoisson())
describe("warpbreaks_quasipoisson", fit, clusters = loom, estimated = TRUE, hypothesis = list(c("woolB:tensionM = 0", "woolB:tensionH = 0")),
  marginal = list(means(fit, "tension", fit$df.residual)))

# Leather and cylinders (four or more) as factors; mileage in tens of thousands (its square of unequal units would cost digits in R's own results).
asFactors <- function(columns) {
  columns$Size <- list(type = "factor", levels = c("four", "more"), values = ifelse(columns$Cylinder$values > 4, "more", "four"))
  columns$Leather <- list(type = "factor", levels = c("no", "yes"), values = ifelse(columns$Leather$values == 1, "yes", "no"))
  columns$Distance <- list(type = "numeric", values = columns$Mileage$values / 10000)
  columns[c("Price", "Distance", "Leather", "Size", "Make")]
}
cars <- Price ~ Distance * Make + Leather * Size
fit <- fitCase("gaussian_identity_cars", cars, gaussian(), columns = asFactors)
describe("cars_gaussian", fit, clusters = d$Make, estimated = TRUE, hypothesis = list("MakeCadillac = MakeChevy", c("Distance:MakeCadillac = 0", "Leatheryes:Sizemore = 0"), "2*Distance + Distance:MakeOther = -3000"),
  marginal = list(means(fit, "Make", fit$df.residual), means(fit, "Leather", fit$df.residual, weights = "proportional"), means(fit, "Size", fit$df.residual, at = list(Distance = 1)), means(fit, c("Size", "Leather"), fit$df.residual), means(fit, "Distance", fit$df.residual, at = list(Distance = c(0, 1)))))

fit <- fitCase("gaussian_identity_cars", cars, gaussian(), columns = asFactors, contrasts = list(Size = "contr.sum", Leather = "contr.helmert", Make = "contr.sum"))
describe("cars_gaussian_sum", fit, clusters = d$Make, estimated = TRUE, marginal = list(means(fit, "Size", fit$df.residual)))

fit <- fitCase("negbin_quine", Days ~ Sex + Age + Eth * Lrn, engine = "glm.nb")
describe("quine_negbin", fit, clusters = d$Age, hypothesis = list("AgeF2 = AgeF3", c("EthN = 0", "EthN:LrnSL = 0")),
  marginal = list(means(fit, "Age", Inf), means(fit, c("Eth", "Lrn"), Inf)))

# emmeans counts rows and not their trials; one row a trial says what is meant by proportions of people.
perTrial <- function() {
  successes <- round(d$prop * d$.w)
  dTrials <<- d[rep(seq_len(nrow(d)), d$.w), ]
  dTrials$prop <<- unlist(lapply(seq_along(successes), function(i) rep(c(1, 0), c(successes[i], d$.w[i] - successes[i]))))
  do.call("glm", list(formula = prop ~ agegp + alcgp + tobgp, family = binomial(), data = quote(dTrials), control = tight))
}
fit <- fitCase("binomial_grouped_esoph", prop ~ agegp + alcgp + tobgp, binomial(), weights = function(source) source$weights)
describe("esoph_binomial", fit, clusters = d$agegp, hypothesis = list("alcgp40-79 = alcgp80-119", c("tobgp10-19 = 0", "tobgp20-29 = 0", "tobgp30+ = 0")),
  marginal = list(means(fit, "alcgp", Inf), means(perTrial(), "alcgp", Inf, weights = "proportional"), means(fit, c("alcgp", "tobgp"), Inf)))

fit <- fitCase("gaussian_weights_offset", Price ~ Mileage + Make + offset(.o), gaussian(), weights = function(source) source$weights)
describe("cars_weights_offset", fit, clusters = d$Make, estimated = TRUE, hypothesis = list("MakeCadillac = 10000"),
  marginal = list(means(fit, "Make", fit$df.residual), means(fit, "Make", fit$df.residual, weights = "proportional")))

fit <- fitCase("inverse_gaussian_log_cars", Price ~ I(Mileage/10000) + Cylinder + Make, inverse.gaussian(link = "log"))
describe("cars_inverse_gaussian", fit, clusters = d$Cylinder, estimated = TRUE, hypothesis = list("MakeCadillac = MakeChevy"),
  marginal = list(means(fit, "Make", fit$df.residual)))

## Aliased columns: what of the tests survives
cat("cars_aliased\n")
fit <- fitCase("gaussian_rank_deficient", Price ~ Mileage + Cylinder + Sum2 + Make, gaussian(), control = glm.control()) # a tighter epsilon tightens the tolerance for ranks, too
write("cars_aliased", list(case = "gaussian_rank_deficient", formula = "Price ~ Mileage + Cylinder + Sum2 + Make", columnNames = I(names(coef(fit))), coefficients = plain(coef(fit)),
  typeIILR = table(Anova(fit, type = 2, test = "LR", singular.ok = TRUE)), typeIIF = table(Anova(fit, type = 2, test = "F", singular.ok = TRUE)),
  anovaF = table(anova(fit, test = "F")), waldT = cbind(confint.default(fit)),
  marginalMeans = list(means(fit, "Make", fit$df.residual))))

## Bias reduction (Firth 1993: brglm2 AS_mean; with a canonical link also the penalty by Jeffreys' prior)
reduced <- function(formula, family, data, type) {
  fit <- glm(formula, family = family, data = data, method = "brglmFit", type = type, epsilon = 1e-13, maxit = 500)
  list(coefficients = plain(coef(fit)), se = plain(summary(fit)$coefficients[, 2]), deviance = fit$deviance)
}
columnsOf <- function(d) lapply(d, function(c) if (is.factor(c)) list(type = "factor", levels = I(levels(c)), values = I(as.character(c))) else list(type = "numeric", values = I(c)))
writeReduced <- function(name, formula, family, data, note, guilty, types = c("AS_mean", "MPL_Jeffreys")) {
  cat(name, "\n")
  results <- lapply(setNames(types, types), function(type) reduced(formula, family, data, type))
  ml <- suppressWarnings(glm(formula, family = family, data = data))
  write(name, list(formula = deparse(formula), family = family$family, link = family$link, note = note, separatedColumns = I(guilty),
    columnNames = I(names(coef(ml))), data = columnsOf(data), bias = results, deviance = ml$deviance))
}
mroz <- frame(readCase("binomial_logit_mroz")$data)
writeReduced("firth_mroz_logit", y ~ k5 + age + wc + inc, binomial(), mroz[c("y", "k5", "age", "wc", "inc")], "no separation", character(0))
writeReduced("firth_mroz_probit", y ~ k5 + age + wc + inc, binomial("probit"), mroz[c("y", "k5", "age", "wc", "inc")], "no separation; the two adjustments differ as the link is not canonical", character(0))
writeReduced("firth_warpbreaks_poisson", breaks ~ wool * tension, poisson(), frame(readCase("poisson_interaction_warpbreaks")$data), "no separation", character(0))

# Perfect: x > 4.5 decides y; z does not help, but every direction in which x grows serves, so x and the intercept diverge and z stays beside them.
perfect <- data.frame(y = c(0, 0, 0, 0, 1, 1, 1, 1, 1, 0), x = c(1, 2, 3, 4, 5, 6, 7, 8, 9, 4.2), z = c(0.3, -1.2, 0.8, 0.1, -0.4, 1.1, 0.2, -0.9, 0.5, -0.6))
writeReduced("separation_perfect", y ~ x + z, binomial(), perfect, "y = 1 exactly where x > 4.6: the likelihood has no maximum", c("(Intercept)", "x"))
# Quasi-complete: all rows of g = c have y = 1, other groups are mixed; x is mixed within them. Only gc diverges.
quasi <- data.frame(
  y = c(0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 0, 1),
  x = c(0.5, 1.1, 2.3, 0.2, 1.9, 1.4, 2.8, 0.9, 2.2, 1.6, 0.4, 2.1, 1.3, 2.6, 1.8, 0.7),
  g = factor(c("a", "a", "a", "a", "a", "b", "b", "b", "b", "b", "c", "c", "c", "c", "a", "b"), levels = c("a", "b", "c")))
writeReduced("separation_quasi", y ~ x + g, binomial(), quasi, "every row of level c has y = 1; levels a and b are mixed: gc alone diverges to infinity", "gc")
# Poisson: level c counts nothing at all.
empty <- data.frame(y = c(2, 3, 1, 4, 6, 2, 5, 3, 0, 0, 0, 0), x = c(0.1, 0.9, 0.4, 1.2, 1.0, 0.3, 1.4, 0.8, 0.2, 1.1, 0.6, 0.7), g = factor(rep(c("a", "b", "c"), each = 4)))
writeReduced("separation_poisson", y ~ x + g, poisson(), empty, "every row of level c counts 0: gc diverges to minus infinity", "gc")

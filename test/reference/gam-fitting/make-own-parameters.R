# Writes own-parameters.json: what mgcv makes of families that have parameters of their own to estimate, as tightly as it can.
# Run: Rscript make-own-parameters.R
suppressMessages({ library(mgcv); library(jsonlite) })
set.seed(5)
n <- 150
d <- data.frame(x1 = runif(n), x2 = runif(n))
eta <- with(d, sin(6 * x1) + 4 * (x2 - .5)^2)
d$count <- rnbinom(n, size = 2, mu = exp(eta + .5))
d$amount <- signif(rTweedie(exp(eta), p = 1.45, phi = 1.2), 6)
d$heavy <- signif(eta + .3 * rt(n, 4), 6)
d$positive <- signif(exp(eta / 2) + .25 * rt(n, 5), 6)
p <- plogis(eta - .5)
d$share <- pmin(pmax(signif(rbeta(n, p * 9, (1 - p) * 9), 6), 1e-4), 1 - 1e-4)
d$one <- 1
d$weight <- signif(runif(n, .5, 2), 3)
rate <- exp(eta + .4)
present <- runif(n) < 1 - exp(-exp(-.3 + .7 * log(rate)))
d$zeros <- ifelse(present, qpois(runif(n, exp(-rate), 1), rate), 0)
tight <- gam.control(epsilon = 1e-11, newton = list(conv.tol = 1e-10))
formula <- "~ s(x1, bs = 'cr', k = 8) + s(x2, bs = 'cr', k = 8)"
G <- gam(as.formula(paste("heavy", formula)), data = d, fit = FALSE)
design <- list(numColumns = ncol(G$X), matrix = signif(as.vector(t(G$X)), 13), blocks = lapply(G$smooth, function(s) list(
  label = s$label, first = s$first.para - 1, size = s$last.para - s$first.para + 1,
  matrices = lapply(s$S, function(S) signif(as.vector(t(S)), 15)), ranks = as.list(s$rank), nullSpaceDimension = s$null.space.dim)))
# `given`: values of own parameters that are not estimated, null for the others.
fit <- function(response, family, name, link, method = "REML", weights = "one", given = NULL) {
  m <- do.call(gam, list(formula = as.formula(paste(response, formula)), family = family, data = d, method = method, weights = d[[weights]], control = tight))
  list(response = response, family = name, link = link, method = method, weights = weights, given = given,
    parameters = as.list(m$family$getTheta(TRUE)), smoothing = as.list(as.vector(m$sp)), criterion = as.vector(m$gcv.ubre),
    dispersion = as.vector(m$reml.scale), coefficients = as.vector(coef(m)), edf = sum(m$edf), deviance = m$deviance)
}
# Weights of ziP are left out: mgcv weighs the deviance by them but not the saturated likelihood.
fits <- list(
  fit("count", nb(), "negativeBinomial", "log"),
  fit("count", nb(), "negativeBinomial", "log", "ML"),
  fit("count", nb(link = "sqrt"), "negativeBinomial", "sqrt"),
  fit("count", nb(), "negativeBinomial", "log", weights = "weight"),
  fit("amount", tw(), "tweedie", "log"),
  fit("amount", tw(), "tweedie", "log", "ML"),
  fit("heavy", scat(), "scaledT", "identity"),
  fit("heavy", scat(), "scaledT", "identity", weights = "weight"),
  fit("positive", scat(link = "log"), "scaledT", "log"),
  fit("share", betar(), "beta", "logit"),
  fit("share", betar(), "beta", "logit", "ML"),
  fit("share", betar(link = "cloglog"), "beta", "cloglog", weights = "weight"),
  fit("zeros", ziP(), "zeroInflatedPoisson", "none"),
  fit("zeros", ziP(), "zeroInflatedPoisson", "none", "ML")
)
write(toJSON(list(
  provenance = list(software = R.version.string, mgcv = as.character(packageVersion("mgcv")), script = "make-own-parameters.R",
    call = "gam(..., control = gam.control(epsilon = 1e-11, newton = list(conv.tol = 1e-10)))"),
  numRows = n, columns = as.list(d), design = design, fits = fits), digits = NA, auto_unbox = TRUE), "own-parameters.json")
for (f in fits) cat(f$response, f$family, f$link, f$method, "crit", f$criterion, "par", unlist(f$parameters), "sp", unlist(f$smoothing), "phi", f$dispersion, "\n")

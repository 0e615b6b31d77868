# Writes fits.json: designs and penalties of mgcv, and what it makes of them under each method, as tightly as it can.
# Run: Rscript make-fits.R
suppressMessages({ library(mgcv); library(jsonlite); library(statmod) })
set.seed(3)
n <- 120
d <- data.frame(x1 = runif(n), x2 = runif(n), x3 = runif(n))
eta <- with(d, sin(6 * x1) + 4 * (x2 - .5)^2)
d$normal <- signif(eta + rnorm(n) * .4, 6)
d$count <- rpois(n, exp(eta))
d$event <- rbinom(n, 1, plogis(2 * eta - 1))
d$amount <- signif(rgamma(n, shape = 3, scale = exp(eta) / 3), 6)
d$time <- signif(rinvgauss(n, mean = exp(eta), dispersion = .2), 6)
d$claims <- rnbinom(n, mu = exp(eta), size = 2)
d$loss <- signif(rTweedie(exp(eta), p = 1.4, phi = .8), 6)
d$size <- signif(exp(d$normal / 2), 6)
d$one <- 1
d$weight <- signif(runif(n, .5, 2), 3)
tight <- gam.control(epsilon = 1e-11, newton = list(conv.tol = 1e-10))

designs <- list(
  additive = "s(x1, bs = 'cr', k = 8) + s(x2, bs = 'cr', k = 8)",
  empty = "s(x1, bs = 'cr', k = 8) + s(x3, bs = 'cr', k = 6)",
  tensor = "te(x1, x2, k = 4)",
  select = "s(x1, bs = 'ps', k = 8) + s(x2, bs = 'tp', k = 8)"
)
matrixOf <- function(formula) {
  G <- gam(as.formula(paste("normal ~", formula)), data = d, select = formula == designs$select, fit = FALSE)
  list(numColumns = ncol(G$X), matrix = signif(as.vector(t(G$X)), 13), blocks = lapply(G$smooth, function(s) list(
    label = s$label, first = s$first.para - 1, size = s$last.para - s$first.para + 1,
    matrices = lapply(s$S, function(S) signif(as.vector(t(S)), 15)), ranks = as.list(s$rank), nullSpaceDimension = s$null.space.dim)))
}
fit <- function(design, response, family, name, link, method = "REML", gamma = 1, weights = "one") {
  m <- do.call(gam, list(formula = as.formula(paste(response, "~", designs[[design]])), family = family, data = d, method = method,
    gamma = gamma, weights = d[[weights]], select = design == "select", control = tight))
  list(design = design, response = response, family = name, link = link, method = if (method == "GCV.Cp") m$method else method, gamma = gamma,
    weights = weights, smoothing = as.list(as.vector(m$sp)), criterion = as.vector(m$gcv.ubre), dispersion = as.vector(m$reml.scale),
    linearPredictor = signif(as.vector(predict(m)), 13), edf = sum(m$edf), deviance = m$deviance, parameter = if (is.null(m$family$n.theta)) NULL else m$family$getTheta(TRUE)[1])
}
approximate <- function(response, family, name, link, method) {
  m <- do.call(if (method == "fREML") bam else gam, list(formula = as.formula(paste(response, "~", designs$additive)), family = family, data = d,
    method = if (method == "fREML") "fREML" else "REML", optimizer = "efs", control = gam.control(epsilon = 1e-11, efs.tol = 1e-8))[
    if (method == "fREML") -5 else 1:6])
  list(design = "additive", response = response, family = name, link = link, method = method, gamma = 1, weights = "one",
    smoothing = as.list(as.vector(m$sp)), criterion = as.vector(m$gcv.ubre), dispersion = as.vector(m$sig2),
    linearPredictor = signif(as.vector(predict(m)), 13), edf = sum(m$edf), deviance = m$deviance)
}
approximations <- list(
  approximate("normal", gaussian(), "gaussian", "identity", "fREML"),
  approximate("count", poisson(), "poisson", "log", "fREML"),
  approximate("event", binomial(), "binomial", "logit", "fREML"),
  approximate("amount", Gamma("log"), "gamma", "log", "fREML"),
  approximate("normal", gaussian(), "gaussian", "identity", "EFS"),
  approximate("count", poisson(), "poisson", "log", "EFS"),
  approximate("event", binomial(), "binomial", "logit", "EFS"),
  approximate("amount", Gamma("log"), "gamma", "log", "EFS")
)
fits <- list(
  fit("additive", "normal", gaussian(), "gaussian", "identity"),
  fit("additive", "normal", gaussian(), "gaussian", "identity", weights = "weight"),
  fit("additive", "normal", gaussian(), "gaussian", "identity", "ML"),
  fit("additive", "count", poisson(), "poisson", "log"),
  fit("additive", "count", poisson(), "poisson", "log", "ML"),
  fit("additive", "count", poisson(), "poisson", "log", gamma = 1.4),
  fit("additive", "event", binomial(), "binomial", "logit"),
  fit("additive", "event", binomial("probit"), "binomial", "probit"),
  fit("additive", "event", binomial("cloglog"), "binomial", "cloglog"),
  fit("additive", "amount", Gamma("log"), "gamma", "log"),
  fit("additive", "amount", Gamma("log"), "gamma", "log", "ML"),
  fit("additive", "amount", Gamma("log"), "gamma", "log", gamma = 1.5),
  fit("additive", "amount", Gamma("log"), "gamma", "log", weights = "weight"),
  fit("additive", "time", inverse.gaussian("log"), "inverseGaussian", "log"),
  fit("additive", "size", gaussian("log"), "gaussian", "log"),
  fit("additive", "count", quasipoisson(), "quasipoisson", "log"),
  fit("additive", "claims", nb(), "negativeBinomial", "log"),
  fit("additive", "claims", nb(), "negativeBinomial", "log", "ML"),
  fit("additive", "claims", negbin(2), "negativeBinomial 2", "log"),
  fit("additive", "loss", tw(), "tweedie", "log"),
  fit("additive", "loss", Tweedie(1.5, "log"), "tweedie 1.5", "log"),
  fit("empty", "normal", gaussian(), "gaussian", "identity"),
  fit("empty", "count", poisson(), "poisson", "log"),
  fit("tensor", "normal", gaussian(), "gaussian", "identity"),
  fit("tensor", "count", poisson(), "poisson", "log"),
  fit("select", "normal", gaussian(), "gaussian", "identity"),
  fit("select", "count", poisson(), "poisson", "log"),
  fit("additive", "normal", gaussian(), "gaussian", "identity", "GCV.Cp"),
  fit("additive", "amount", Gamma("log"), "gamma", "log", "GCV.Cp"),
  fit("additive", "count", poisson(), "poisson", "log", "GCV.Cp", gamma = 1.4),
  fit("additive", "event", binomial("probit"), "binomial", "probit", "GCV.Cp"),
  fit("tensor", "normal", gaussian(), "gaussian", "identity", "GCV.Cp")
)
write(toJSON(list(
  provenance = list(software = R.version.string, mgcv = as.character(packageVersion("mgcv")), script = "make-fits.R",
    call = "gam(..., control = gam.control(epsilon = 1e-11, newton = list(conv.tol = 1e-10)))"),
  numRows = n, columns = as.list(d), designs = lapply(designs, matrixOf), fits = fits, approximations = approximations), digits = NA, auto_unbox = TRUE), "fits.json")

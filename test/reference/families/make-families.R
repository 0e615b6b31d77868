# Writes families.json beside this file: what R's links and families return on grids, and MASS's theta.ml.
# Run: Rscript test/reference/families/make-families.R   (R with MASS, statmod and jsonlite)
suppressMessages({library(MASS); library(statmod); library(jsonlite)})
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

# Links, where R clamps nothing (|eta| <= 20; R bounds d mu / d eta below by 2e-16).
anywhere <- c(-20, -7.5, -2, -0.3, 0, 0.1, 1, 2.5)
upwards <- c(0.02, 0.3, 1, 2.5, 19)
link_case <- function(name, eta) {
  link <- make.link(name)
  mean <- link$linkinv(eta)
  list(name = name, linearPredictor = eta, mean = mean, slope = link$mu.eta(eta), back = link$linkfun(mean))
}
links <- c(
  lapply(c("identity", "log", "logit", "probit", "cloglog", "cauchit"), link_case, eta = anywhere),
  lapply(c("inverse", "sqrt", "1/mu^2"), link_case, eta = upwards)
)

# Families: variance, unit deviances (weight 1) and what the log-likelihood is made of.
family_case <- function(name, family, y, mean, weights, deviance = NULL) {
  unit <- family$dev.resids(y, mean, rep(1, length(y)))
  deviance <- sum(family$dev.resids(y, mean, weights))
  n <- rep(1, length(y))
  aic <- family$aic(y, n, mean, weights, deviance)
  known <- family$family %in% c("poisson", "binomial") || grepl("^Negative", family$family)
  list(name = name, label = family$family, response = y, mean = mean, weights = weights, variance = family$variance(mean),
       unitDeviance = unit, deviance = deviance,
       logLikelihood = if (is.na(aic)) NULL else (if (known) 0 else 1) - aic / 2)
}
set.seed(20)
positive <- c(0.02, 0.5, 1, 3.7, 12, 250)
means <- c(0.1, 0.45, 1.2, 3.7, 30, 180)
counts <- c(0, 1, 3, 0, 25, 200)
shares <- c(0, 1, 0.25, 0.6, 0.5, 1)
probabilities <- c(0.02, 0.9, 0.3, 0.6, 0.1, 0.3)
trials <- c(4, 3, 8, 10, 1000, 1)
weights <- c(1, 0.5, 2, 1, 3, 1.5)
families <- list(
  family_case("gaussian", gaussian(), c(-2, positive[-1]), means, weights),
  family_case("binomial", binomial(), shares, probabilities, trials),
  family_case("poisson", poisson(), counts, means, weights),
  family_case("gamma", Gamma(), positive, means, weights),
  family_case("inverseGaussian", inverse.gaussian(), positive, means, weights),
  family_case("quasibinomial", quasibinomial(), shares, probabilities, trials),
  family_case("quasipoisson", quasipoisson(), counts, means, weights),
  family_case("quasi constant", quasi(), c(-2, positive[-1]), means, weights),
  family_case("quasi mu", quasi(variance = "mu"), counts, means, weights),
  family_case("quasi mu(1-mu)", quasi(variance = "mu(1-mu)"), shares, probabilities, trials),
  family_case("quasi mu^2", quasi(variance = "mu^2"), positive, means, weights),
  family_case("quasi mu^3", quasi(variance = "mu^3"), positive, means, weights),
  family_case("negativeBinomial 1.3", negative.binomial(1.3), counts, means, weights),
  family_case("negativeBinomial 0.05", negative.binomial(0.05), counts, means, weights),
  family_case("tweedie 1.5", tweedie(1.5, 0), counts + 0.25 * (counts > 1), means, weights),
  family_case("tweedie 1.1", tweedie(1.1, 0), counts, means, weights),
  family_case("tweedie 2.7", tweedie(2.7, 0), positive, means, weights)
)

# theta.ml, iterated until nothing changes.
theta_case <- function(name, y, mean, weights = rep(1, length(y))) {
  theta <- theta.ml(y, mean, sum(weights), weights, limit = 200, eps = 1e-13)
  list(name = name, response = y, mean = mean, weights = weights, theta = as.numeric(theta), standardError = attr(theta, "SE"))
}
n <- 60
mu <- exp(seq(-1, 4, length.out = n))
thetas <- list(
  theta_case("counts", rnegbin(n, mu, 2), mu),
  theta_case("weights", rnegbin(n, mu, 0.4), mu, rep(c(1, 2, 0.5), 20)),
  theta_case("large counts", rnegbin(n, mu * 500, 7), mu * 500),
  theta_case("nearly Poisson", rnegbin(n, mu, 100), mu)
)

# Probabilities around a response; the arguments are those of cumulative(response, mean, weight, dispersion).
cumulative <- list(
  list(name = "gaussian", arguments = c(3, 1, 2, 0.7), atOrBelow = pnorm(3, 1, sqrt(0.35)), above = pnorm(3, 1, sqrt(0.35), lower.tail = FALSE)),
  list(name = "binomial", arguments = c(0.3, 0.45, 10, 1), below = pbinom(2, 10, 0.45), atOrBelow = pbinom(3, 10, 0.45),
       above = pbinom(3, 10, 0.45, lower.tail = FALSE)),
  list(name = "poisson", arguments = c(4, 2.5, 1, 1), below = ppois(3, 2.5), atOrBelow = ppois(4, 2.5), above = ppois(4, 2.5, lower.tail = FALSE)),
  list(name = "poisson", arguments = c(1.5, 2, 4, 1), below = ppois(5, 8), atOrBelow = ppois(6, 8), above = ppois(6, 8, lower.tail = FALSE)),
  list(name = "negativeBinomial 1.3", arguments = c(9, 2, 1, 1), below = pnbinom(8, 1.3, mu = 2), atOrBelow = pnbinom(9, 1.3, mu = 2),
       above = pnbinom(9, 1.3, mu = 2, lower.tail = FALSE)),
  list(name = "gamma", arguments = c(9, 3, 2, 0.5), atOrBelow = pgamma(9, 4, scale = 0.75), above = pgamma(9, 4, scale = 0.75, lower.tail = FALSE)),
  list(name = "inverseGaussian", arguments = c(7, 3, 2, 0.5), atOrBelow = pinvgauss(7, 3, dispersion = 0.25),
       above = pinvgauss(7, 3, dispersion = 0.25, lower.tail = FALSE))
)

versions <- c(R = R.version.string, sapply(c("MASS", "statmod", "jsonlite"), function(p) as.character(packageVersion(p))))
writeLines(toJSON(list(script = "make-families.R", versions = as.list(versions), links = links, families = families, thetas = thetas,
                       cumulative = cumulative), digits = NA, auto_unbox = TRUE, null = "null", pretty = FALSE), file.path(here, "families.json"))

# Writes saturated.json beside this file: mgcv's saturated log-likelihoods with their derivatives by the logarithm of the dispersion.
# Run: Rscript test/reference/families/make-saturated.R   (R with mgcv and jsonlite)
suppressMessages({library(mgcv); library(jsonlite)})
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
positive <- c(0.02, 0.5, 1, 3.7, 12, 250)
counts <- c(0, 1, 3, 0, 25, 200)
shares <- c(0, 1, 0.25, 0.6, 0.5, 1)
trials <- c(4, 3, 8, 10, 1000, 1)
weights <- c(1, 0.5, 2, 1, 3, 1.5)

# mgcv differentiates by the dispersion itself.
by_log <- function(ls, phi) c(ls[1], phi * ls[2], phi^2 * ls[3] + phi * ls[2])
case <- function(name, family, y, w = weights, dispersions = c(0.01, 0.7, 4)) {
  family <- fix.family.ls(family)
  lapply(dispersions, function(phi) list(name = name, response = y, weights = w, dispersion = phi,
    saturated = by_log(family$ls(y, w, rep(1, length(y)), phi), phi)))
}
# mgcv's Tweedie()$ls does not divide the dispersion by the weights of its rows: its density does.
tweedie_case <- function(power, y) lapply(c(0.05, 0.7, 4), function(phi) {
  rows <- t(mapply(function(y, w) {
    ld <- ldTweedie(y, y, p = power, phi = phi / w)[1:3]
    c(ld[1], ld[2] * phi / w, ld[3] * (phi / w)^2 + ld[2] * phi / w)
  }, y[y > 0], weights[y > 0]))
  list(name = paste("tweedie", power), response = y, weights = weights, dispersion = phi, saturated = colSums(rows))
})
# The binomial ls takes the trials apart from the weights.
binomial_case <- list(list(name = "binomial", response = shares, weights = trials, dispersion = 1,
  saturated = c(fix.family.ls(binomial())$ls(shares, trials, trials, 1)[1], 0, 0)))
cases <- c(
  case("gaussian", gaussian(), positive), case("gamma", Gamma(), positive), case("inverseGaussian", inverse.gaussian(), positive),
  case("poisson", poisson(), counts, dispersions = 1), case("quasi mu", quasi(variance = "mu"), counts), case("quasipoisson", quasipoisson(), counts),
  case("quasibinomial", quasibinomial(), shares), case("negativeBinomial 1.3", negbin(1.3), counts, dispersions = 1),
  binomial_case, tweedie_case(1.5, positive), tweedie_case(1.1, counts), tweedie_case(1.85, positive)
)
write(toJSON(list(script = "make-saturated.R",
  versions = list(R = R.version.string, mgcv = as.character(packageVersion("mgcv"))), cases = cases),
  digits = NA, auto_unbox = TRUE), file.path(here, "saturated.json"))

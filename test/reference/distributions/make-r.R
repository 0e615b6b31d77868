# Writes r.json: R's own distribution functions and quantiles over wide grids.
# Run: Rscript make-r.R   (R 4.2, statmod, jsonlite)
# Each case is [argument, ..., value] in the order of vitrine's arguments. Values that R gives as 0 or infinite are left out.
suppressMessages({ library(statmod); library(jsonlite) })
cases <- list()
add <- function(name, grid, value) {
  keep <- is.finite(value) & value != 0 & abs(value) > 1e-290
  cases[[name]] <<- unname(as.matrix(cbind(grid, value)[keep, ]))
}
p <- c(1e-20, 1e-8, 1e-3, 0.025, 0.2, 0.5, 0.7, 0.95, 0.999, 1 - 1e-9)
# R inverts t and F by searches that lose digits in the tails and for large degrees of freedom (its own pf takes some qf back to 0.35 of p).
central <- c(0.025, 0.2, 0.7, 0.95, 0.999)

g <- expand.grid(p = p); add("normal.quantile", g, qnorm(g$p))
g <- expand.grid(p = central, df = c(0.7, 1, 2, 2.5, 10, 47, 1000, 1e6)); add("studentT.quantile", g, qt(g$p, g$df))
g <- expand.grid(p = p, df = c(0.5, 1, 2, 7.3, 100, 1e4, 1e6)); add("chiSquared.quantile", g, qchisq(g$p, g$df))
g <- expand.grid(p = central, df1 = c(1, 2, 7.5, 50), df2 = c(1.5, 10, 1000)); add("fisherF.quantile", g, qf(g$p, g$df1, g$df2))
g <- expand.grid(p = p, shape = c(0.02, 0.3, 1, 4.2, 60, 1e5), scale = c(0.01, 3)); add("gamma.quantile", g, qgamma(g$p, g$shape, scale = g$scale))

g <- expand.grid(t = c(-8, -1.5, 0.01, 1, 2.3, 12, 1e5), df = c(0.5, 1, 2.5, 10, 250, 1e5))
add("studentT.cdf", g, pt(g$t, g$df)); add("studentT.upper", g, pt(g$t, g$df, lower.tail = FALSE))
g <- expand.grid(f = c(0.01, 0.8, 1, 3, 40), df1 = c(1, 3, 20), df2 = c(2, 15.5, 1e4))
add("fisherF.cdf", g, pf(g$f, g$df1, g$df2)); add("fisherF.upper", g, pf(g$f, g$df1, g$df2, lower.tail = FALSE))
g <- expand.grid(x = c(0.02, 1, 5, 30, 400, 1e4), df = c(0.5, 1, 4, 33, 1e4)); add("chiSquared.upper", g, pchisq(g$x, g$df, lower.tail = FALSE))
g <- expand.grid(y = c(0.01, 0.5, 2, 9, 120), shape = c(0.05, 1, 3.5, 80), scale = c(0.4, 2))
add("gamma.cdf", g, pgamma(g$y, g$shape, scale = g$scale)); add("gamma.logUpper", g, pgamma(g$y, g$shape, scale = g$scale, lower.tail = FALSE, log.p = TRUE))
add("gamma.logDensity", g, dgamma(g$y, g$shape, scale = g$scale, log = TRUE))

g <- expand.grid(y = c(0, 1, 2, 7, 40, 1000), mean = c(0.01, 1, 6.5, 900))
add("poisson.logDensity", g, dpois(g$y, g$mean, log = TRUE)); add("poisson.cdf", g, ppois(g$y, g$mean)); add("poisson.upper", g, ppois(g$y, g$mean, lower.tail = FALSE))
g <- expand.grid(k = c(0, 1, 3, 20), n = c(3, 20, 500), p = c(0.001, 0.3, 0.97)); g <- g[g$k <= g$n, ]
add("binomial.logDensity", g, dbinom(g$k, g$n, g$p, log = TRUE)); add("binomial.cdf", g, pbinom(g$k, g$n, g$p)); add("binomial.upper", g, pbinom(g$k, g$n, g$p, lower.tail = FALSE))
g <- expand.grid(y = c(0, 1, 4, 30, 500), mean = c(0.05, 1, 12, 300), theta = c(0.1, 1.3, 25, 1e4))
add("negativeBinomial.logDensity", g, dnbinom(g$y, size = g$theta, mu = g$mean, log = TRUE))
add("negativeBinomial.cdf", g, pnbinom(g$y, size = g$theta, mu = g$mean)); add("negativeBinomial.upper", g, pnbinom(g$y, size = g$theta, mu = g$mean, lower.tail = FALSE))

g <- expand.grid(y = c(0.01, 0.4, 1, 3, 50, 1000), mean = c(0.2, 1, 8, 100), dispersion = c(0.01, 0.5, 4))
add("inverseGaussian.logDensity", g, dinvgauss(g$y, g$mean, dispersion = g$dispersion, log = TRUE))
add("inverseGaussian.logCdf", g, pinvgauss(g$y, g$mean, dispersion = g$dispersion, log.p = TRUE))
add("inverseGaussian.logUpper", g, pinvgauss(g$y, g$mean, dispersion = g$dispersion, lower.tail = FALSE, log.p = TRUE))

provenance <- list(software = paste0(R.version.string, ", statmod ", packageVersion("statmod")), script = "make-r.R", call = "Rscript make-r.R")
number <- function(m) paste0("[\n      ", paste(apply(m, 1, function(r) paste0("[", paste(sapply(r, function(v) sprintf("%.17g", v)), collapse = ", "), "]")), collapse = ",\n      "), "\n    ]")
writeLines(paste0("{\n  \"provenance\": ", toJSON(provenance, auto_unbox = TRUE), ",\n  \"cases\": {\n", paste0("    \"", names(cases), "\": ", sapply(cases, number), collapse = ",\n"), "\n  }\n}"), "r.json")

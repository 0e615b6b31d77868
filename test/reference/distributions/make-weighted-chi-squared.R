# Upper tails of weighted sums of chi-squared variables by Davies' method: mgcv::psum.chisq with tol 1e-10 (absolute).
# Rscript make-weighted-chi-squared.R > weighted-chi-squared.json
suppressMessages({library(mgcv); library(jsonlite)})
cases <- list(
  list(weights = c(3, 2, 1, 0.5), degrees = c(1, 1, 1, 1)),
  list(weights = c(6, 1, 0.01), degrees = c(1, 1, 1)),
  list(weights = c(1, 1, 1, 1.31, 0.42), degrees = c(1, 1, 1, 1, 1)),
  list(weights = c(2, -1, 0.5), degrees = c(3, 2, 5)),
  list(weights = c(1, 1.2, -0.004), degrees = c(4, 1, 120)),
  list(weights = c(-1, -3, 0.2), degrees = c(1, 2, 1)))
out <- list()
for (case in cases) for (x in c(-4, -0.5, 0, 0.3, 2, 5, 11, 30)) {
  p <- psum.chisq(x, case$weights, df = case$degrees, tol = 1e-10, nlim = 1e7)
  out[[length(out) + 1]] <- list(x = x, weights = case$weights, degrees = case$degrees, upper = p)
}
cat(toJSON(list(software = paste(R.version.string, "mgcv", packageVersion("mgcv")), script = "make-weighted-chi-squared.R",
  call = "psum.chisq(x, weights, df = degrees, tol = 1e-10, nlim = 1e7)", cases = out), auto_unbox = TRUE, digits = I(17)))

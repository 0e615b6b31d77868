# Bases and penalties of mgcv for test/reference/smooths/smooths.test.ts.
# Run: Rscript make-smooths.R > smooths.json   (R 4.2.2 with mgcv 1.8-41 and jsonlite)
suppressMessages(library(mgcv))
library(jsonlite)
set.seed(20250106)
# Rows repeat: 60 rows of some 15 to 40 distinct points.
data <- data.frame(x = round(rexp(60) * 4) / 4, z = round(runif(60, -3, 7), 1), w = round(rnorm(60), 1) * 100)
new <- data.frame(x = c(-1, 0, 0.3, 1.7, 4.9, 9), z = c(-12, -3.2, 0.05, 3, 7, 21), w = c(-400, -33, 0, 10, 120, 700))

record <- function(name, kind, options, term, knots = NULL) {
  smooth <- smoothCon(term, data = data, knots = knots, absorb.cons = FALSE, scale.penalty = FALSE)[[1]]
  columns <- term$term
  list(
    name = name, kind = kind, options = options, columns = I(columns),
    X = smooth$X, S = smooth$S, ranks = I(smooth$rank), nullSpaceDimension = smooth$null.space.dim,
    newX = PredictMat(smooth, new)
  )
}

cases <- list(
  record("cr", "cubicRegression", list(size = 7), s(x, bs = "cr", k = 7)),
  record("cr of 3 knots", "cubicRegression", list(size = 3), s(z, bs = "cr", k = 3)),
  record("cr, knots given", "cubicRegression", list(size = 5, knots = c(-0.5, 0.5, 1, 2.5, 4)), s(x, bs = "cr", k = 5), list(x = c(-0.5, 0.5, 1, 2.5, 4))),
  # mgcv leaves it to rounding which direction of the null space is given which small eigenvalue; here it gives the line the larger, as ours.
  record("cs", "cubicRegression", list(size = 7, shrinkage = TRUE), s(z, bs = "cs", k = 7)),
  record("cc", "cyclicCubic", list(size = 8), s(z, bs = "cc", k = 8)),
  record("cc of 4 knots", "cyclicCubic", list(size = 4), s(z, bs = "cc", k = 4)),
  record("cc, ends given", "cyclicCubic", list(size = 7, knots = c(-4, 8)), s(z, bs = "cc", k = 7), list(z = c(-4, 8))),
  record("cc, knots given", "cyclicCubic", list(size = 5, knots = c(-4, 0, 1, 5, 8)), s(z, bs = "cc", k = 5), list(z = c(-4, 0, 1, 5, 8)))
)
cat(toJSON(list(
  versions = list(R = R.version.string, mgcv = as.character(packageVersion("mgcv"))),
  call = "smoothCon(s(...), data, knots, absorb.cons = FALSE, scale.penalty = FALSE); PredictMat(smooth, new)",
  data = data, new = new, cases = cases
), digits = NA, dataframe = "columns", auto_unbox = TRUE))

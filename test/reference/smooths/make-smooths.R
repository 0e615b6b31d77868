# Bases and penalties of mgcv for test/reference/smooths/smooths.test.ts.
# Run: Rscript make-smooths.R > smooths.json   (R 4.2.2 with mgcv 1.8-41 and jsonlite)
suppressMessages(library(mgcv))
library(jsonlite)
set.seed(20250106)
# Rows repeat: 60 rows of some 15 to 40 distinct points.
data <- data.frame(x = round(rexp(60) * 4) / 4, z = round(runif(60, -3, 7), 1), w = round(rnorm(60), 1) * 100)
new <- data.frame(x = c(-1, 0, 0.3, 1.7, 4.9, 9), z = c(-12, -3.2, 0.05, 3, 7, 21), w = c(-400, -33, 0, 10, 120, 700))

record <- function(name, kind, options, term, knots = NULL, rows = seq_len(nrow(new))) {
  smooth <- smoothCon(term, data = data, knots = knots, absorb.cons = FALSE, scale.penalty = FALSE)[[1]]
  columns <- term$term
  list(
    name = name, kind = kind, options = options, columns = I(columns),
    X = smooth$X, S = smooth$S, ranks = I(smooth$rank), nullSpaceDimension = smooth$null.space.dim,
    newRows = I(rows - 1), newX = PredictMat(smooth, new[rows, ])
  )
}

uneven <- c(-3, -2, -1, -0.5, 1, 2, 3, 5.5, 6, 7, 7.5)
# Repeated at the ends alone: where an inner knot is repeated, mgcv 1.8-41's penalty is not the integral (test/unit has that case).
repeated <- c(-0.5, -0.5, -0.5, -0.5, 1, 2, 3, 5.5, 5.5, 5.5, 5.5)
# Of lines (degree 1) the new row above the range is left out: there mgcv 1.8-41 takes the slope beyond the last knot, not that before it.
# Not symmetric: where points are, the polynomials' shares in odd eigenvectors are rounding, and so is the sign that mgcv's reflections take.
some <- c(-3, -2.8, -2, -1.7, -1, 0, 0.4, 1, 1.1, 2, 2.6, 3, 4, 4.5, 5, 6, 6.8, 7)
cases <- list(
  record("cr", "cubicRegression", list(size = 7), s(x, bs = "cr", k = 7)),
  record("cr of 3 knots", "cubicRegression", list(size = 3), s(z, bs = "cr", k = 3)),
  record("cr, knots given", "cubicRegression", list(size = 5, knots = c(-0.5, 0.5, 1, 2.5, 4)), s(x, bs = "cr", k = 5), list(x = c(-0.5, 0.5, 1, 2.5, 4))),
  # mgcv leaves it to rounding which direction of the null space is given which small eigenvalue; here it gives the line the larger, as ours.
  record("cs", "cubicRegression", list(size = 7, shrinkage = TRUE), s(z, bs = "cs", k = 7)),
  record("cc", "cyclicCubic", list(size = 8), s(z, bs = "cc", k = 8)),
  record("cc of 4 knots", "cyclicCubic", list(size = 4), s(z, bs = "cc", k = 4)),
  record("cc, ends given", "cyclicCubic", list(size = 7, knots = c(-4, 8)), s(z, bs = "cc", k = 7), list(z = c(-4, 8))),
  record("cc, knots given", "cyclicCubic", list(size = 5, knots = c(-4, 0, 1, 5, 8)), s(z, bs = "cc", k = 5), list(z = c(-4, 0, 1, 5, 8))),
  record("ps", "pSpline", list(size = 9), s(x, bs = "ps", k = 9)),
  record("ps, m = (1, 3)", "pSpline", list(size = 9, order = c(1, 3)), s(z, bs = "ps", k = 9, m = c(1, 3))),
  record("ps, m = 3", "pSpline", list(size = 7, order = I(3)), s(z, bs = "ps", k = 7, m = 3)),
  record("ps, m = (0, 0)", "pSpline", list(size = 7, order = c(0, 0)), s(z, bs = "ps", k = 7, m = c(0, 0)), rows = 1:5),
  record("ps, ends given", "pSpline", list(size = 6, knots = c(-4, 8)), s(z, bs = "ps", k = 6), list(z = c(-4, 8))),
  record("ps, knots given", "pSpline", list(size = 7, knots = uneven), s(x, bs = "ps", k = 7), list(x = uneven)),
  record("cp", "cyclicPSpline", list(size = 8), s(z, bs = "cp", k = 8)),
  record("cp, m = (1, 3)", "cyclicPSpline", list(size = 6, order = c(1, 3)), s(z, bs = "cp", k = 6, m = c(1, 3))),
  record("cp of 4 knots", "cyclicPSpline", list(size = 4), s(x, bs = "cp", k = 4)),
  record("cp, ends given", "cyclicPSpline", list(size = 6, knots = c(-4, 8)), s(z, bs = "cp", k = 6), list(z = c(-4, 8))),
  record("cp, knots given", "cyclicPSpline", list(size = 7, knots = c(-4, -3, -1, 0, 2, 4, 7, 8)), s(z, bs = "cp", k = 7), list(z = c(-4, -3, -1, 0, 2, 4, 7, 8))),
  record("bs", "bSpline", list(size = 9), s(x, bs = "bs", k = 9)),
  record("bs, m = (3, 2, 1)", "bSpline", list(size = 8, order = c(3, 2, 1)), s(z, bs = "bs", k = 8, m = c(3, 2, 1))),
  record("bs, m = (4, 4, 3, 2, 1, 0)", "bSpline", list(size = 8, order = c(4, 4, 3, 2, 1, 0)), s(z, bs = "bs", k = 8, m = c(4, 4, 3, 2, 1, 0))),
  record("bs, m = 2", "bSpline", list(size = 8, order = I(2)), s(z, bs = "bs", k = 8, m = 2)),
  record("bs, m = (1, 0)", "bSpline", list(size = 8, order = c(1, 0)), s(z, bs = "bs", k = 8, m = c(1, 0)), rows = 1:5),
  record("bs, ends given", "bSpline", list(size = 7, knots = c(-4, 8)), s(z, bs = "bs", k = 7), list(z = c(-4, 8))),
  record("bs, ends and bounds given", "bSpline", list(size = 8, knots = c(-20, -3, 7, 20)), s(z, bs = "bs", k = 8), list(z = c(-20, -3, 7, 20))),
  record("bs, one inner knot", "bSpline", list(size = 5, knots = c(-20, -3, 7, 20)), s(z, bs = "bs", k = 5), list(z = c(-20, -3, 7, 20))),
  record("bs, knots given", "bSpline", list(size = 7, knots = uneven), s(x, bs = "bs", k = 7), list(x = uneven)),
  record("bs, knots repeated", "bSpline", list(size = 7, knots = repeated), s(x, bs = "bs", k = 7), list(x = repeated)),
  record("tp", "thinPlate", list(size = 9), s(x, k = 9)),
  record("tp of 4 functions", "thinPlate", list(size = 4), s(z, k = 4)),
  record("tp of all points", "thinPlate", list(size = length(unique(data$x))), s(x, k = length(unique(data$x)))),
  record("tp, m = 1", "thinPlate", list(size = 6, order = I(1)), s(x, k = 6, m = 1)),
  record("tp, m = 3", "thinPlate", list(size = 8, order = I(3)), s(z, k = 8, m = 3)),
  record("tp without null space", "thinPlate", list(size = 7, order = c(2, 0)), s(z, k = 7, m = c(2, 0))),
  record("tp of given points", "thinPlate", list(size = 6, knots = some), s(z, k = 6), list(z = some)),
  record("tp on given points", "thinPlate", list(size = 6, knots = c(4, -3, -1, 0, 2.5, 4, 6)), s(z, k = 6), list(z = c(4, -3, -1, 0, 2.5, 4, 6))),
  record("ts", "thinPlate", list(size = 8, shrinkage = TRUE), s(z, k = 8, bs = "ts")),
  record("tp of two", "thinPlate", list(size = 12), s(x, z, k = 12)),
  record("tp of two, m = 3", "thinPlate", list(size = 14, order = I(3)), s(x, z, k = 14, m = 3)),
  record("tp of two on given points", "thinPlate", list(size = 5, knots = c(0, 4, 4, 0, 2, -3, -3, 7, 7, 1)), s(x, z, k = 5), list(x = c(0, 4, 4, 0, 2), z = c(-3, -3, 7, 7, 1))),
  record("ts of two", "thinPlate", list(size = 9, shrinkage = TRUE), s(x, z, k = 9, bs = "ts")),
  record("tp of three", "thinPlate", list(size = 20), s(x, z, w, k = 20)),
  record("tp of three without null space, m = 2", "thinPlate", list(size = 12, order = c(2, 0)), s(x, z, w, k = 12, m = c(2, 0)))
)
cat(toJSON(list(
  versions = list(R = R.version.string, mgcv = as.character(packageVersion("mgcv"))),
  call = "smoothCon(s(...), data, knots, absorb.cons = FALSE, scale.penalty = FALSE); PredictMat(smooth, new)",
  data = data, new = new, cases = cases
), digits = NA, dataframe = "columns", auto_unbox = TRUE))

# Expected values of smooth terms from mgcv: scales and ranks of penalties, and penalized least-squares fits at fixed smoothing parameters,
# in which the signs and order of columns are free. Run: Rscript test/reference/smooth-terms/make-smooth-terms.R
suppressMessages({ library(mgcv); library(jsonlite) })
set.seed(7)
n <- 120
d <- data.frame(
  x = round(runif(n, 0, 10), 1),
  z = rnorm(n),
  u = runif(n),
  t = sample(1:30, n, TRUE) / 2,
  w = round(runif(n, 0.5, 2), 3),
  f = factor(sample(c("a", "b", "c", "d"), n, TRUE, c(4, 3, 2, 1))),
  g = factor(sample(c("p", "q", "r"), n, TRUE))
)
d$y <- sin(d$x) + d$z^2 / 3 + as.numeric(d$f) * cos(3 * d$u) / 4 + rnorm(n) / 4
d$one <- 2

root <- function(S) { e <- eigen(S, symmetric = TRUE); keep <- e$values > max(e$values) * 1e-12; t(e$vectors[, keep, drop = FALSE]) * sqrt(e$values[keep]) }
fit_at <- function(G, lambda) {
  rows <- G$X
  for (i in seq_along(G$S)) {
    E <- sqrt(lambda[i]) * root(G$S[[i]])
    k <- G$off[i] - 1 + seq_len(ncol(E))
    R <- matrix(0, nrow(E), ncol(G$X)); R[, k] <- E
    rows <- rbind(rows, R)
  }
  qr.fitted(qr(rows, tol = 1e-10), c(d$y, rep(0, nrow(rows) - n)))[1:n]
}
cases <- list()
add <- function(formula, name = formula, knots = NULL, newdata = NULL) {
  G <- suppressWarnings(gam(as.formula(formula), data = d, fit = FALSE, knots = knots))
  m <- length(G$S)
  # What several null functions of one smooth are turned to is rounding's choice in mgcv: they share a smoothing parameter here.
  isFactor <- grepl('bs = "fs"', formula, fixed = TRUE)
  first <- if (m > 0) 10^((seq_len(m) - 1) %% 3 - 1) else numeric(0)
  second <- if (m > 0) 2^(-(seq_len(m) %% 4) - 3) else numeric(0)
  if (isFactor) { fs <- which(unlist(lapply(G$smooth, function(s) rep(inherits(s, "fs.interaction"), length(s$S))))); first[fs[-1]] <- 3; second[fs[-1]] <- 0.2 }
  cases[[length(cases) + 1]] <<- list(
    name = name, formula = formula, knots = knots,
    numColumns = ncol(G$X),
    labels = sapply(G$smooth, function(s) s$label),
    scales = lapply(G$smooth, function(s) as.numeric(s$S.scale)),
    ranks = lapply(G$smooth, function(s) if (length(s$S) > 0) as.numeric(s$rank) else numeric(0)),
    nullSpaces = sapply(G$smooth, function(s) s$null.space.dim),
    sizes = sapply(G$smooth, function(s) s$last.para - s$first.para + 1),
    smoothing = list(first, second),
    fitted = list(fit_at(G, first), fit_at(G, second))
  )
}
for (bs in c("cr", "cs", "cc", "ps", "cp", "bs", "tp", "ts")) add(sprintf('y ~ s(x, bs = "%s", k = 9)', bs))
add('y ~ s(x)')
add('y ~ s(x, u, k = 20)')
add('y ~ s(x, bs = "ps", m = c(1, 1), k = 8)')
add('y ~ s(x, bs = "bs", m = c(3, 2, 1), k = 8)')
add('y ~ s(log(w), bs = "cr", k = 6) + s(x, bs = "cr", k = 6)')
add('y ~ s(x, bs = "cr", k = 6, by = w)')
add('y ~ s(x, bs = "cr", k = 6, by = one)')
add('y ~ f + s(x, bs = "cr", k = 6, by = f)')
add('y ~ f + s(x, k = 6, by = f)')
add('y ~ s(x, bs = "cr", k = 6, fx = TRUE) + s(u, bs = "cr", k = 5)')
add('y ~ s(f, bs = "re") + s(x, bs = "cr", k = 6)')
add('y ~ s(f, g, bs = "re")')
add('y ~ s(f, w, bs = "re")')
add('y ~ s(w, bs = "re")')
add('y ~ s(f, bs = "re", by = w)')
add('y ~ te(x, u)')
add('y ~ te(x, u, bs = c("ps", "tp"), k = c(6, 5))')
add('y ~ te(x, u, bs = "bs", k = c(6, 5))')
add('y ~ te(x, u, bs = "cc", k = c(6, 5))')
add('y ~ te(x, u, bs = "ts", k = 5)')
add('y ~ te(x, u, z, d = c(2, 1), bs = c("tp", "cr"), k = c(12, 4))')
add('y ~ te(x, u, z, k = 3)')
add('y ~ te(x, u, bs = "ps", k = 5, np = FALSE)')
add('y ~ te(x, f, bs = c("cr", "re"), k = c(5, 4))')
add('y ~ te(x, u, k = 4, by = w)')
add('y ~ f + te(x, u, k = 4, by = f)')
add('y ~ te(x, u, k = 4, fx = c(TRUE, FALSE))')
add('y ~ ti(x, k = 6) + ti(u, k = 5) + ti(x, u, k = c(6, 5))')
add('y ~ ti(x, bs = "ps", k = 6) + ti(u, k = 5, bs = "tp") + ti(x, u, k = c(6, 5), bs = c("ps", "tp"))')
add('y ~ ti(x, u, k = c(6, 5), mc = c(TRUE, FALSE))')
add('y ~ t2(x, u)')
add('y ~ t2(x, u, bs = c("ps", "tp"), k = c(6, 5))')
add('y ~ t2(x, u, k = c(6, 5), full = TRUE)')
add('y ~ t2(x, u, z, k = c(4, 3, 3))')
add('y ~ t2(x, u, k = 4, by = w)')
add('y ~ s(x, f, bs = "fs", k = 6)')
add('y ~ s(x, f, bs = "fs", k = 6, m = 1)')
add('y ~ s(x, u, f, bs = "fs", k = 8)')
add('y ~ s(x, bs = "ad", k = 20, m = 4)')
add('y ~ s(x, bs = "ad", k = 20)')
add('y ~ s(x, bs = "cr", k = 6) + s(u, bs = "cr", k = 6) + te(x, u, k = 5)')
add('y ~ s(x, k = 6) + s(x, u, k = 20)')
add('y ~ x + s(x, bs = "cr", k = 6)')
add('y ~ s(x, bs = "cr", k = 6) + s(x, bs = "cr", k = 5, by = w)')
add('y ~ s(x, bs = "cr", k = 6) + s(x, f, bs = "fs", k = 5)')
add('y ~ s(x, k = 6, bs = "cr", id = "a") + s(t, k = 6, bs = "cr", id = "a")')
add('y ~ s(x, k = 6, id = 1) + s(t, k = 6, id = 1)')
add('y ~ f + s(x, k = 6, bs = "cr", by = f, id = 1)')
add('y ~ s(x, bs = "cr", k = 5)', "knots of cr", knots = list(x = c(0, 2, 3, 7, 10)))
add('y ~ s(x, bs = "cc", k = 5)', "ends of cc", knots = list(x = c(0, 12)))
add('y ~ s(x, bs = "ps", k = 8)', "ends of ps", knots = list(x = c(-1, 12)))
add('y ~ s(x, bs = "cr", k = 6, pc = 5)')
write_json(
  list(provenance = list(software = R.version.string, mgcv = as.character(packageVersion("mgcv")), script = "test/reference/smooth-terms/make-smooth-terms.R"),
       data = lapply(d, function(v) if (is.factor(v)) as.character(v) else v), cases = cases),
  "test/reference/smooth-terms/smooth-terms.json", digits = NA, auto_unbox = FALSE, null = "null")
for (c in cases) cat(c$name, "|", c$labels, "|", c$sizes, "|", unlist(c$ranks), "| null", c$nullSpaces, "| scales", format(unlist(c$scales), digits = 6), "\n")

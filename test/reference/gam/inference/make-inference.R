# What inference starts from and what mgcv makes of it: for each fit X'WX (Fisher weights), the scaled penalties and smoothing parameters, the
# coefficients, the Hessian of the criterion by log smoothing parameters (and log scale), and mgcv's edf, covariances and tests.
# Run: Rscript make-inference.R   (R 4.2, mgcv 1.8-41, jsonlite); writes one JSON a case beside this file.
suppressMessages({library(mgcv); library(jsonlite)})
set.seed(4)
n <- 180
d <- data.frame(x = round(runif(n), 3), z = round(runif(n), 3), w = round(runif(n), 3), g = factor(sample(letters[1:8], n, TRUE)), h = factor(sample(c("p", "q", "r"), n, TRUE)))
eta <- sin(4 * d$x) + 0.6 * d$z + c(0, 0.4, -0.3)[d$h]
re <- rnorm(8, sd = 0.4)[d$g]
d$count <- rpois(n, exp(0.5 + eta)); d$y <- eta + re + rnorm(n, sd = 0.4); d$b <- rbinom(n, 1, plogis(2 * eta - 1)); d$pos <- rgamma(n, 3) * exp(eta) / 3
tight <- gam.control(epsilon = 1e-11, maxit = 500, newton = list(conv.tol = 1e-10, maxNstep = 5, maxSstep = 2, maxHalf = 30, use.svd = FALSE))
fits <- list(
  poisson = list(count ~ h + s(x, bs = "cr") + s(z, bs = "cr", k = 6), poisson()),
  gaussian = list(y ~ s(x, bs = "cr") + s(w, bs = "cs", k = 6) + s(g, bs = "re"), gaussian()),
  effects = list(y ~ s(x, bs = "cr", k = 7) + s(g, bs = "re") + s(h, bs = "re"), gaussian()),
  tensor = list(y ~ h + te(x, z, k = c(4, 4)), gaussian()),
  select = list(count ~ s(x, bs = "cr", k = 7) + s(w, bs = "cr", k = 7), poisson(), TRUE),
  binomial = list(b ~ h + s(x, k = 8), binomial()),
  gamma = list(pos ~ s(x, k = 8) + s(z, bs = "ps", k = 9), Gamma(link = "log")))
for (name in names(fits)) {
  f <- fits[[name]]
  b <- gam(f[[1]], data = d, family = f[[2]], method = "REML", select = length(f) > 2, control = tight)
  X <- model.matrix(b); s <- summary(b, re.test = TRUE); a <- anova(b)
  at <- 0
  smooths <- lapply(b$smooth, function(m) {
    sps <- if (length(m$S)) b$full.sp else NULL
    lam <- (if (is.null(b$full.sp)) b$sp else b$full.sp)[at + seq_along(m$S)]; at <<- at + length(m$S)
    list(label = m$label, first = m$first.para - 1, size = m$last.para - m$first.para + 1, nullSpaceDimension = m$null.space.dim,
      penalties = lapply(m$S, function(S) as.vector(S)), smoothing = I(unname(lam)))
  })
  G <- crossprod(X, b$weights * X)
  out <- list(provenance = list(software = paste(R.version.string, "mgcv", packageVersion("mgcv")), script = "make-inference.R",
      call = paste0("gam(", paste(deparse(f[[1]]), collapse = ""), ", family = ", f[[2]]$family, ", method = \"REML\"", if (length(f) > 2) ", select = TRUE", ")")),
    size = ncol(X), gram = as.vector(G), smooths = unname(smooths), coefficients = unname(coef(b)), scale = b$scale, scaleEstimated = b$scale.estimated,
    pearson = sum(residuals(b, "pearson")^2), n = n, residualDf = b$df.residual,
    hessian = unname(b$outer.info$hess), edf = unname(b$edf), edf1 = unname(b$edf1), edf2 = unname(b$edf2),
    Vp = as.vector(b$Vp), Ve = as.vector(b$Ve), Vc = as.vector(b$Vc),
    table = unname(s$s.table), pTerms = if (is.null(s$pTerms.table)) NULL else unname(s$pTerms.table), converged = b$outer.info$conv)
  write(toJSON(out, auto_unbox = TRUE, digits = I(17), null = "null"), paste0(name, ".json"))
  cat(name, b$outer.info$conv, b$sp, "\n"); print(s$s.table); print(s$pTerms.table)
  Sl <- matrix(0, ncol(X), ncol(X)); for (m in smooths) { i <- m$first + seq_len(m$size); for (k in seq_along(m$penalties)) Sl[i,i] <- Sl[i,i] + m$smoothing[k]*matrix(m$penalties[[k]], m$size) }
  P <- solve(G + Sl); F <- P %*% G
  cat("Vp", max(abs(P*b$scale-b$Vp)), "edf", max(abs(diag(F)-b$edf)), "edf1", max(abs(2*diag(F)-rowSums(F*t(F))-b$edf1)), "Ve", max(abs(F%*%b$Vp-b$Ve)), "\n")
  cat(class(b$smooth[[1]]), sapply(b$smooth, function(m) is.null(m$random) || m$random), "\n")
}

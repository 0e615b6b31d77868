# Makes ../settled.json: coefficients and standard errors of the cases with links that are not canonical, iterated until the coefficients stand
# still (see settled-fit.R). Run in this folder: Rscript settled.R
library(jsonlite)
source("settled-fit.R")
cases <- c("binomial_cauchit_mroz", "binomial_cloglog_mroz", "binomial_probit_mroz", "gamma_identity_cars", "gamma_log_cars", "gaussian_log_cars", "inverse_gaussian_log_cars", "tweedie15_log_claims")
settled <- lapply(setNames(cases, cases), function(name) {
  case <- fromJSON(file.path("..", paste0(name, ".json")))
  d <- as.data.frame(lapply(case$data, function(c) if (c$type == "factor") factor(c$values, levels = c$levels) else c$values), check.names = FALSE)
  family <- switch(case$family, binomial = binomial(case$link), gaussian = gaussian(case$link), Gamma = Gamma(case$link),
    inverse.gaussian = inverse.gaussian(case$link), Tweedie = statmod::tweedie(var.power = 1.5, link.power = 0))
  fit <- glm(as.formula(case$formula), family, d, start = case$coefficients, control = glm.control(epsilon = 1e-14, maxit = 200), method = settledFit)
  list(coefficients = I(unname(coef(fit))), se = I(unname(summary(fit)$coefficients[, 2])), largestMoveInErrors = max(abs(coef(fit) - case$coefficients) / case$se))
})
writeLines(toJSON(list(script = "scripts/settled.R", versions = list(R = R.version.string, statmod = as.character(packageVersion("statmod"))), cases = settled), digits = I(17), auto_unbox = TRUE), "../settled.json")

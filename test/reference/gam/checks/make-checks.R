# Writes checks.json: mgcv's concurvity and k.check.   Rscript make-checks.R
# k.check goes along equal covariates in the order of the rows, vitrine in a random one: it is compared on rows without ties.
# Of products of curves mgcv measures distances by the slope of the surface, vitrine by the spread of each number: they are not compared.
suppressMessages({library(mgcv); library(jsonlite)})
tight <- gam.control(epsilon = 1e-10, newton = list(conv.tol = 1e-9))
concurvity_of <- function(name, formula) {
  case <- fromJSON(sprintf("../%s.json", name))
  data <- as.data.frame(lapply(case$data, function(column) column$values))
  model <- gam(formula, data = data, method = "REML", control = tight)
  smooths <- vapply(model$smooth, function(one) one$label, "")
  whole <- concurvity(model)
  pairs <- concurvity(model, full = FALSE)
  list(
    name = name, formula = deparse1(formula), labels = smooths,
    worst = unname(whole["worst", smooths]), observed = unname(whole["observed", smooths]), estimate = unname(whole["estimate", smooths]),
    # row: the others alone, column: the term
    observedPairs = unname(pairs$observed[smooths, smooths])
  )
}
set.seed(4)
n <- 150
data <- data.frame(x = runif(n), z = runif(n, 0, 50))
data$y <- sin(12 * data$x) + 0.02 * data$z * data$x + rnorm(n) / 2
bases_of <- function(formula) {
  set.seed(1)
  found <- k.check(gam(formula, data = data, method = "REML", control = tight), n.rep = 4000)
  list(formula = deparse1(formula), largest = unname(found[, "k'"]), kIndex = unname(found[, "k-index"]), pValue = unname(found[, "p-value"]))
}
result <- list(
  provenance = list(software = paste("mgcv", packageVersion("mgcv")), R = R.version.string, script = "make-checks.R", call = "concurvity(model), k.check(model, n.rep = 4000)"),
  concurvity = list(
    concurvity_of("gaussian_cr3_airquality", Ozone ~ s(Solar.R, bs = "cr") + s(Wind, bs = "cr") + s(Temp, bs = "cr")),
    concurvity_of("gaussian_te_concrete", y ~ te(cement, age, bs = "cr", k = c(5, 5)) + s(water, bs = "cr"))
  ),
  bases = list(data = data, fits = list(
    bases_of(y ~ s(x, bs = "cr", k = 5) + s(z, bs = "cr")),
    bases_of(y ~ s(x, z, k = 10))
  ))
)
write(toJSON(result, digits = I(17), auto_unbox = TRUE, dataframe = "columns"), "checks.json")

# Writes split.json: mgcv's split tensor products, whose columns it centres after the fit.   Rscript make-split.R
# The F of its summary is of the columns before they were centred: here it is that of the columns of `predict(type = "lpmatrix")`,
# by the formula of Wood (2013), doi:10.1093/biomet/ass048, as mgcv computes it.
suppressMessages({library(mgcv); library(jsonlite)})
case <- fromJSON("../gaussian_cr3_airquality.json")
data <- as.data.frame(lapply(case$data, function(column) column$values))
formula <- Ozone ~ t2(Temp, Wind, k = c(4, 5)) + s(Solar.R, bs = "ts")
model <- gam(formula, data = data, method = "REML", control = gam.control(epsilon = 1e-10, newton = list(conv.tol = 1e-9)))
terms <- predict(model, type = "terms", se.fit = TRUE)
columns <- with(model$smooth[[1]], first.para:last.para)
design <- predict(model, type = "lpmatrix")[, columns]
test <- mgcv:::testStat(coef(model)[columns], design, model$Vp[columns, columns], min(length(columns), sum(model$edf1[columns])), type = 0, res.df = model$df.residual)
write(toJSON(list(
  provenance = list(software = paste("mgcv", packageVersion("mgcv")), R = R.version.string, script = "make-split.R"),
  formula = deparse1(formula), criterion = unname(model$gcv.ubre), intercept = unname(coef(model)[1]),
  interceptError = unname(sqrt(model$Vp[1, 1])), statistic = test$stat / test$rank, statisticOfSummary = unname(summary(model)$s.table[1, "F"]),
  values = as.vector(terms$fit[, 1]), standardErrors = as.vector(terms$se.fit[, 1])
), digits = I(17), auto_unbox = TRUE), "split.json")

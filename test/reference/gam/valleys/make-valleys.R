# A restricted likelihood with two valleys: the better one as mgcv finds it. Run from the repository's root: Rscript test/reference/gam/valleys/make-valleys.R
suppressMessages({library(mgcv); library(jsonlite)})
case <- fromJSON("test/reference/gam/gaussian_cr3_airquality.json")
rows <- as.data.frame(lapply(case$data, function(column) column$values))
formula <- "log(Ozone) ~ s(Temp) + s(Wind) + ti(Temp, Wind, k = 4)"
fit <- gam(as.formula(formula), data = rows, method = "REML", control = gam.control(epsilon = 1e-10, newton = list(conv.tol = 1e-9)))
out <- list(software = R.version.string, mgcv = as.character(packageVersion("mgcv")), script = "test/reference/gam/valleys/make-valleys.R",
            data = "gaussian_cr3_airquality.json", formula = formula, criterion = as.numeric(fit$gcv.ubre), edf = unname(summary(fit)$edf))
write(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = TRUE), "test/reference/gam/valleys/valleys.json")

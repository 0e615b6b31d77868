# Writes own-inference.json: what mgcv infers for families with own parameters, on the data of own-parameters.json.
# Run: Rscript make-own-inference.R   (after make-own-parameters.R)
suppressMessages({ library(mgcv); library(jsonlite) })
d <- as.data.frame(fromJSON("own-parameters.json")$columns)
tight <- gam.control(epsilon = 1e-11, newton = list(conv.tol = 1e-10))
new <- data.frame(x1 = c(.3, .8, .05), x2 = c(.2, .6, .95))
fit <- function(response, name, family) {
  m <- suppressWarnings(gam(as.formula(paste(response, "~ s(x1, bs = 'cr', k = 8) + s(x2, bs = 'cr', k = 8)")), family = family, data = d, method = "REML", control = tight))
  s <- summary(m)
  p <- predict(m, new, se.fit = TRUE, type = "response")
  list(response = response, family = name, parameters = as.list(m$family$getTheta(TRUE)), nullDeviance = m$null.deviance, adjustedRSquared = if (is.null(s$r.sq)) NA else s$r.sq,
    logLikelihood = as.numeric(logLik(m)), numParameters = attr(logLik(m), "df"), aic = AIC(m), scale = m$sig2,
    edf = s$s.table[, 1], referenceDegreesOfFreedom = s$s.table[, 2], statistic = s$s.table[, 3],
    predictions = as.vector(p$fit), predictionErrors = as.vector(p$se.fit),
    standardErrors = as.vector(sqrt(diag(m$Vp))), unconditionalErrors = as.vector(sqrt(diag(m$Vc))))
}
write(toJSON(list(
  provenance = list(software = R.version.string, mgcv = as.character(packageVersion("mgcv")), script = "make-own-inference.R", call = "gam(..., method = 'REML'), summary, predict, logLik"),
  rows = new, fits = list(fit("count", "negativeBinomial", nb()), fit("amount", "tweedie", tw()), fit("heavy", "scaledT", scat()), fit("share", "beta", betar()),
    fit("zeros", "zeroInflatedPoisson", ziP()))),
  digits = NA, auto_unbox = TRUE, dataframe = "columns"), "own-inference.json")

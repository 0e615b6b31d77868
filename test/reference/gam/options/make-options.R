# What mgcv makes of the options of gam(): weights, offsets, select, methods, gamma, fixed smoothing parameters, knots, a known scale.
# Run: Rscript make-options.R   (R 4.2, mgcv 1.8-41, jsonlite); writes options.json beside this file.
suppressMessages({library(mgcv); library(jsonlite)})
set.seed(11)
n <- 160
d <- data.frame(x = round(runif(n), 3), z = round(runif(n), 3), h = sample(c("p", "q", "r"), n, TRUE), w = round(runif(n, 0.5, 2), 2), e = round(runif(n, 0.5, 3), 2))
h <- factor(d$h)
eta <- sin(5 * d$x) + 0.8 * (d$z - 0.5)^2 + c(0, 0.5, -0.4)[h]
d$count <- rpois(n, d$e * exp(0.4 + eta)); d$y <- round(eta + rnorm(n, sd = 0.4), 4); d$pos <- round(rgamma(n, 3) * exp(eta) / 3, 5)
D <- transform(d, h = factor(h))
tight <- gam.control(epsilon = 1e-11, maxit = 500, newton = list(conv.tol = 1e-10, maxNstep = 5, maxSstep = 2, maxHalf = 30, use.svd = FALSE))
f <- count ~ h + s(x, bs = "cr") + s(z, bs = "cr", k = 6)
g <- y ~ h + s(x, bs = "cr") + s(z, bs = "cr", k = 6)
fits <- list(
  offset = list(update(f, . ~ . + offset(log(e))), poisson(), list()),
  weights = list(g, gaussian(), list(weights = "w")),
  gammaWeights = list(pos ~ s(x, bs = "cr", k = 8) + h, Gamma(link = "log"), list(weights = "w")),
  select = list(g, gaussian(), list(select = TRUE)),
  ml = list(pos ~ h + s(x, bs = "cr", k = 8), Gamma(link = "log"), list(method = "ML")),
  mlPoisson = list(f, poisson(), list(method = "ML")),
  ubre = list(f, poisson(), list(method = "GCV.Cp")),
  gcvGamma = list(g, gaussian(), list(method = "GCV.Cp", gamma = 1.4)),
  remlGamma = list(y ~ s(x, bs = "cr"), gaussian(), list(gamma = 1.5)),
  fixed = list(g, gaussian(), list(sp = c(2.5, -1))),
  unpenalized = list(y ~ s(x, bs = "cr", k = 5, fx = TRUE) + s(z, bs = "cr", k = 6), gaussian(), list()),
  scale = list(y ~ h + s(x, bs = "cr"), gaussian(), list(scale = 0.2)),
  noIntercept = list(y ~ 0 + h + s(x, bs = "cr"), gaussian(), list()),
  knots = list(y ~ s(x, bs = "cr", k = 5), gaussian(), list(knots = list(x = c(0, 0.2, 0.5, 0.7, 1)))),
  quasi = list(f, quasipoisson(), list()),
  inverseGaussian = list(pos ~ s(x, bs = "cr", k = 6), inverse.gaussian(link = "log"), list()))
new <- D[c(3, 40, 77, 120, 155), ]
out <- lapply(names(fits), function(name) {
  k <- fits[[name]]; o <- k[[3]]
  args <- list(k[[1]], family = k[[2]], data = D, control = tight, method = "REML")
  for (a in names(o)) args[[a]] <- if (a == "weights") D[[o[[a]]]] else o[[a]]
  b <- do.call(gam, args); s <- summary(b)
  p <- predict(b, new, type = "link", se = TRUE); ex <- predict(b, new, type = "link", se = TRUE, exclude = "s(x)")
  it <- predict(b, new, type = "iterms", se = TRUE)
  u <- if (is.null(b$Vc)) NULL else unname(as.vector(predict(b, new, se = TRUE, unconditional = TRUE)$se.fit))
  list(name = name, formula = paste(deparse(k[[1]], width.cutoff = 500), collapse = ""), family = k[[2]]$family, link = k[[2]]$link,
    options = o, sp = I(unname(b$sp)), criterion = unname(as.numeric(b$gcv.ubre)), edf = sum(b$edf), scale = b$sig2, residualDf = b$df.residual,
    aic = if (is.finite(b$aic)) AIC(b) else NULL, rSqAdj = s$r.sq, deviance = b$deviance, nullDeviance = b$null.deviance,
    smoothTable = unname(s$s.table), termTable = if (is.null(s$pTerms.table)) NULL else unname(s$pTerms.table),
    coefficients = I(unname(s$p.coeff)), standardErrors = I(unname(s$se[seq_along(s$p.coeff)])), pValues = I(unname(s$p.pv)),
    linkValues = unname(as.vector(p$fit)), se = unname(as.vector(p$se.fit)), unconditional = u,
    excluded = unname(as.vector(ex$fit)), excludedSe = unname(as.vector(ex$se.fit)), withMean = unname(it$se.fit[, "s(x)"]),
    cook = unname(cooks.distance(b)[1:6]), converged = b$outer.info$conv)
})
write(toJSON(list(provenance = list(software = paste(R.version.string, "mgcv", packageVersion("mgcv")), script = "make-options.R", call = "gam(formula, family, data, method = \"REML\" unless options say otherwise, tight gam.control)"),
  data = d, newRows = c(3, 40, 77, 120, 155), cases = out), auto_unbox = TRUE, digits = I(17), null = "null", dataframe = "columns"), "options.json")
for (o in out) cat(o$name, o$sp, o$criterion, o$edf, o$scale, o$converged, "\n")

# Model matrices of R for test/reference/design/design.test.ts.
# Run: Rscript make-design.R > design.json   (R 4.2.2 with splines and jsonlite)
library(splines)
library(jsonlite)
set.seed(20240501)
n <- 24
data <- data.frame(
  y = round(rnorm(n), 3),
  x = round(runif(n, -1, 10), 3),
  z = round(rexp(n), 3) + 0.01,
  year = sample(1998:2009, n, TRUE),
  cyl = sample(c(4, 6, 8, 10.5), n, TRUE),
  s = rpois(n, 4),
  f = rpois(n, 5),
  g = factor(sample(c("a", "b", "c"), n, TRUE), levels = c("a", "b", "c")),
  h = factor(sample(c("no", "yes"), n, TRUE)),
  k = factor(sample(c("low", "mid", "high", "top"), n, TRUE), levels = c("low", "mid", "high", "top", "never")),
  lumpy = c(rep(0, 14), 1:10),
  stringsAsFactors = FALSE
)
data[["my x"]] <- round(rnorm(n), 2)
holes <- data
holes$x[3] <- NA
holes$g[7] <- NA
holes$y[11] <- NA
holes$year[20] <- NA
new <- data.frame(
  y = c(1, 2, 3, 4, 5),
  x = c(-4, 0.5, 3.25, 9, 14), z = c(0.2, 1, 2, 0.5, 7), year = c(1990, 1999, 2004, 2009, 2020), cyl = c(4, 8, 6, 10.5, 4),
  s = 1:5, f = 5:1, g = factor(c("c", "a", "b", "c", "a"), levels = c("c", "b", "a")), h = factor(c("yes", "yes", "no", "yes", "no")),
  k = factor(c("top", "low", "high", "mid", "low"), levels = levels(data$k))
)
new$lumpy <- c(0, 2.5, 10, 12, 7)
new[["my x"]] <- c(0, 1, -1, 2, 0.5)

cases <- list(
  list("y ~ x + z"), list("y ~ 1"), list("y ~ 0 + x"), list("y ~ g"), list("y ~ g - 1"), list("y ~ 0 + x + g + h"),
  list("y ~ g + h + k"), list("y ~ g * h"), list("y ~ g:h"), list("y ~ 0 + g:h"), list("y ~ g + g:h"), list("y ~ h + g:h"),
  list("y ~ x * g"), list("y ~ x:g"), list("y ~ x + x:g"), list("y ~ g + x:g - 1"), list("y ~ 0 + x:g + h"), list("y ~ x * z"),
  list("y ~ x * g * h"), list("y ~ x:g:h + g"), list("y ~ (x + g + h)^2"), list("y ~ g/x"), list("y ~ g/(x + h)"), list("y ~ h %in% g + z"),
  list("y ~ g * k - g:k + x:k"), list("y ~ I(x^2) + log(z) + I(x / 2 - -z*3)"), list("log(z) ~ log1p(z)+exp(-z) + sqrt(abs(x)) + sin(x)*cos(x)"),
  list("y ~ log2(z) + log10(z) + tan(x/10) + log(z, 3) + I(x %% 2) + I(x %/% 2)"), list("y ~ factor(cyl) * x"), list("y ~ factor(cyl) - 1 + h"),
  list("y ~ `my x` * g"), list("cbind(s, f) ~ x + offset(log(z)) + g"), list("y ~ x + offset(z) + offset(2 * x) + h"), list("y ~ g + C(k, sum)"),
  list("y ~ C(g, helmert) * C(k, poly) + C(h, sum)"), list("y ~ g + C(k, SAS)"), list("y ~ 0 + C(g, sum) * x"),
  list("y ~ relevel(g, ref = \"c\") + C(relevel(factor(cyl), ref = \"6\"), contr.sum)"), list("y ~ factor(g, levels = c(\"b\", \"c\", \"a\")) + x"),
  list("y ~ g * k", c(g = "sum", k = "helmert")), list("y ~ g * x + k", c(g = "polynomial", k = "sum")), list("y ~ 0 + g + k", c(g = "polynomial", k = "polynomial")),
  list("y ~ x:g:k", c(g = "sum", k = "helmert")), list("y ~ g:h:k"),
  list("y ~ poly(x, 3) + z"), list("y ~ poly(year, 5)"), list("y ~ poly(x, 1)"), list("y ~ poly(x, degree = 2, raw = TRUE) * g"), list("y ~ poly(x, 2) * poly(z, 2)"),
  list("y ~ poly(x, 2):g + h"), list("y ~ bs(x, df = 5)"), list("y ~ bs(x, 6, degree=2) * h"), list("y ~ bs(x, knots = c(2, 5, 7))"),
  list("y ~ bs(x, knots = c(2, 5), Boundary.knots = c(-2, 12), intercept = TRUE) - 1"), list("y ~ bs(x)"), list("y ~ bs(x, df=4, degree=1)"),
  list("y ~ ns(x, df = 4)"), list("y ~ ns(x, 3):g + z"), list("y ~ ns(x, knots = c(1, 4, 8), Boundary.knots = c(0, 9))"), list("y ~ ns(x)"),
  list("y ~ ns(x, df=4, intercept = TRUE) + 0"), list("y ~ ns(log(z), 3) + bs(year, 4, Boundary.knots = c(1995, 2015))"), list("y ~ bs(lumpy, df = 5)"), list("y ~ ns(lumpy, df = 4)"), list("y ~ . - `my x` - lumpy"),
  list("y ~ x * g + factor(cyl)", NULL, "holes"), list("y ~ bs(x, df=5) + ns(year, df=3) + g", NULL, "holes"), list("log(z) ~ . - k - lumpy", NULL, "holes")
)

long <- c(treatment = "contr.treatment", sum = "contr.sum", helmert = "contr.helmert", polynomial = "contr.poly")
rows <- function(m) { dimnames(m) <- NULL; attr(m, "assign") <- NULL; attr(m, "contrasts") <- NULL; m }
run <- function(case) {
  formula <- as.formula(case[[1]])
  contrasts <- if (length(case) > 1 && !is.null(case[[2]])) as.list(case[[2]]) else NULL
  name <- if (length(case) > 2) case[[3]] else "data"
  table <- get(name)
  frame <- model.frame(formula, table, na.action = na.omit)
  terms <- attr(frame, "terms")
  arg <- if (is.null(contrasts)) NULL else lapply(contrasts, function(one) unname(long[one]))
  m <- model.matrix(terms, frame, contrasts.arg = arg)
  later <- suppressWarnings(model.frame(delete.response(terms), new, xlev = .getXlevels(terms, frame)))
  m2 <- suppressWarnings(model.matrix(delete.response(terms), later, contrasts.arg = attr(m, "contrasts")))
  list(
    formula = case[[1]], contrasts = contrasts, table = name, columnNames = I(colnames(m)), termLabels = I(attr(terms, "term.labels")),
    assign = I(attr(m, "assign")), matrix = rows(m), newMatrix = rows(m2), offset = model.offset(frame),
    newOffset = model.offset(later), rows = I(setdiff(seq_len(nrow(table)), attr(frame, "na.action")) - 1)
  )
}
write <- function(table) lapply(as.list(table), function(column) {
  if (is.factor(column)) list(levels = I(levels(column)), values = as.character(column)) else list(values = column)
})
cat(toJSON(list(
  provenance = list(software = R.version.string, packages = paste("splines", packageVersion("splines")), script = "make-design.R",
    call = "model.matrix(terms, model.frame(formula, data, na.action = na.omit)); predictions by delete.response and .getXlevels"),
  tables = list(data = write(data), holes = write(holes), new = write(new)), cases = lapply(cases, run)
), digits = NA, auto_unbox = TRUE, na = "null", null = "null"))

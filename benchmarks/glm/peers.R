# The R peers, as a process that answers one JSON line with another: requests as in peers.py.   Rscript peers.R FOLDER
# "fit" is `glm` of R, without its summary. {"do": "path", "family", "l1Ratio", "lambdas"} is `glmnet`; without lambdas it chooses 100.
suppressMessages(library(jsonlite))
folder <- commandArgs(TRUE)[1]
state <- new.env()

read <- function(data, part, count) readBin(sprintf("%s/%s.%s", folder, data$name, part), "double", count)

versions <- function(request) {
  found <- list(R = paste(R.version$major, R.version$minor, sep = "."))
  if (requireNamespace("glmnet", quietly = TRUE)) found$glmnet <- as.character(packageVersion("glmnet"))
  found
}

open_data <- function(request) {
  data <- request$data
  n <- data$numRows
  p <- data$numColumns
  state$y <- read(data, request$response, n)
  state$x <- matrix(read(data, "x", n * p), n, p)
  colnames(state$x) <- paste0("x", seq_len(p) - 1)
  list(rows = n)
}

fit <- function(request) {
  if (is.null(state$frame)) {
    state$frame <- cbind(data.frame(y = state$y), as.data.frame(state$x))
    state$x <- NULL
  }
  seconds <- system.time(for (repetition in seq_len(request$repeats)) model <- glm(y ~ ., family = poisson(), data = state$frame))[["elapsed"]]
  list(seconds = seconds / request$repeats, coefficients = unname(coef(model)))
}

path <- function(request) {
  arguments <- list(state$x, state$y, family = request$family, alpha = request$l1Ratio)
  if (!is.null(request$lambdas)) arguments$lambda <- request$lambdas
  if (!is.null(request$thresh)) arguments$thresh <- request$thresh
  seconds <- system.time(model <- do.call(glmnet::glmnet, arguments))[["elapsed"]]
  list(seconds = seconds, lambdas = model$lambda, coefficients = as.vector(as.matrix(coef(model))))
}

peak <- function(request) {
  line <- grep("VmHWM", readLines("/proc/self/status"), value = TRUE)
  list(bytes = as.numeric(gsub("[^0-9]", "", line)) * 1024)
}

actions <- list(versions = versions, open = open_data, fit = fit, path = path, peak = peak)
input <- file("stdin", "r")
while (length(line <- readLines(input, n = 1)) > 0) {
  request <- fromJSON(line)
  cat(toJSON(actions[[request$do]](request), digits = I(17), auto_unbox = TRUE), "\n", sep = "")
  flush(stdout())
}

# mgcv as a process that answers one JSON line with another: {"do": "versions"}, {"do": "open", "data", "family"},
# {"do": "fit", "peer", "formula", "family", "repeats"}.   Rscript peers.R FOLDER
suppressMessages(library(jsonlite))
folder <- commandArgs(TRUE)[1]
state <- new.env()

versions <- function(request) {
  found <- list(R = paste(R.version$major, R.version$minor, sep = "."))
  if (requireNamespace("mgcv", quietly = TRUE)) found$mgcv <- as.character(packageVersion("mgcv"))
  found
}

read <- function(data, part, count) readBin(sprintf("%s/%s.%s", folder, data$name, part), "double", count)

open_data <- function(request) {
  data <- request$data
  x <- matrix(read(data, "x", data$numRows * data$numColumns), data$numRows, data$numColumns)
  colnames(x) <- paste0("x", seq_len(data$numColumns) - 1)
  state$frame <- cbind(data.frame(y = read(data, request$family, data$numRows)), as.data.frame(x))
  list(rows = data$numRows)
}

fit <- function(request) {
  suppressMessages(library(mgcv))
  formula <- as.formula(request$formula)
  knots <- lapply(state$frame[-1], function(column) request$knots)
  once <- function() {
    if (request$peer == "gam") gam(formula, data = state$frame, family = request$family, method = "REML")
    else bam(formula, data = state$frame, family = request$family, knots = knots, discrete = TRUE, nthreads = 1)
  }
  seconds <- system.time(for (repetition in seq_len(request$repeats)) model <- once())[["elapsed"]]
  shown <- 1 + (0:999) * (nrow(state$frame) %/% 1000)
  found <- predict(model, state$frame[shown, ], se.fit = TRUE)
  list(
    seconds = seconds / request$repeats,
    criterion = unname(model$gcv.ubre),
    edf = sum(model$edf),
    linearPredictor = as.vector(found$fit),
    standardErrors = as.vector(found$se.fit)
  )
}

actions <- list(versions = versions, open = open_data, fit = fit)
input <- file("stdin", "r")
while (length(line <- readLines(input, n = 1)) > 0) {
  request <- fromJSON(line)
  cat(toJSON(actions[[request$do]](request), digits = I(17), auto_unbox = TRUE), "\n", sep = "")
  flush(stdout())
}

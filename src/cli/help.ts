/** What `vitrine --help` prints. */
export const mainHelp = `vitrine: makes any model less of a black box

Usage: vitrine COMMAND [OPTIONS]

Commands:
  explain   write what each column contributes to each prediction
  report    write a report on a model as one HTML file

Options:
  --help       show this, or with a command its options
  --version    show the version
`;

/** What `vitrine report --help` prints. */
export const reportHelp = `vitrine report: write a report on a model as one HTML file

Usage: vitrine report --model FILE --data FILE --out FILE [OPTIONS]

Needed:
  --model FILE         a LightGBM model in text, an XGBoost model in JSON or UBJSON, a CatBoost or scikit-learn model in JSON, an ONNX model or a model
                       that vitrine saved in JSON
  --data FILE          the rows to report on: a CSV file with a header
  --out FILE           the HTML file to write

Options:
  --response COLUMN    the column of the data with what really happened
  --event LEVEL        for a response of two levels: the one whose probability is predicted
  --background FILE    rows that stand for "typical", such as the training data: a CSV file
  --verify FILE        what the software that fitted the model predicts for the rows of the data: a CSV file with a column
                       for each output; predictions here are compared with it, and the report says so
  --missing WORDS      words in the data that mean missing, with commas between them (default NA,N/A,NaN,NULL and the like);
                       "" for empty cells alone
  --dictionary FILE    JSON: for each column { "label": …, "unit": …, "levels": { … } }
  --narrative FILE     JSON: { "case", "cases", "prediction", "event", "purpose", "dataSource" }
  --title TEXT         the heading of the report
  --threshold NUMBER   the probability from which a case counts as high (default 0.5)
  --help               show this

Example:
  vitrine report --model model.txt --data applicants.csv --response defaulted --out report.html
`;

/** What `vitrine explain --help` prints. */
export const explainHelp = `vitrine explain: write what each column contributes to each prediction, for any number of rows

Usage: vitrine explain --model FILE --data FILE --out FILE [OPTIONS]

Needed:
  --model FILE         a model as vitrine report reads it
  --data FILE          the rows to explain: a CSV file of any size with a header
  --out FILE           the file to write: .csv, .ndjson, .arrow (with the package apache-arrow) or .parquet (with hyparquet-writer);
                       a row for each row: prediction, base_value and contribution_NAME for each column

Options:
  --background FILE    rows that stand for "typical", such as the training data: a CSV file
  --keep COLUMNS       columns of the data to write beside them, such as a number of the case, with commas between them
  --missing WORDS      words in the data that mean missing, with commas between them (default NA,N/A,NaN,NULL and the like);
                       "" for empty cells alone
  --threads NUMBER     threads that compute at once (default as many as the machine offers); the values are the same for any number
  --help               show this

Example:
  vitrine explain --model model.txt --data policies.csv --keep policy --out contributions.parquet
`;

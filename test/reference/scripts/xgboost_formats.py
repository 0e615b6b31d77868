"""Small models of every booster, objective and layout that an XGBoost knows, in JSON and UBJSON, with its own predictions.

python xgboost_formats.py OUTPUT_FOLDER [CASE ...]
writes OUTPUT_FOLDER/xgboost-VERSION.json: rows X (null: missing), and for each case the model file in both formats (`json`: its
text, for some; `ubjson`: its bytes in base64), raw scores, predictions, and pred_contribs (rows x outputs x features and bias; null where
that version has none). Objectives and boosters that a version does not know are left out.
All data are random numbers from the seed below. Numbers are written as Python prints them (shortest round trip).
"""
import base64, json, sys
import numpy as np
import xgboost as xgb

SEED, ROWS, KEPT, COLUMNS = 20261125, 300, 12, 4
# Cases whose files are laid out each in their own way: these are kept as JSON too.
LAYOUTS = ("early_stopping", "softprob", "aft", "dart", "linear", "vector_leaf", "category_codes", "category_names")
folder, wanted = sys.argv[1], sys.argv[2:]
rng = np.random.default_rng(SEED)
x = rng.normal(size=(ROWS, COLUMNS)).astype(np.float32)
x[rng.random(x.shape) < 0.1] = np.nan
x[:, 3] = rng.integers(0, 6, ROWS)
filled = np.nan_to_num(x)
y = filled[:, 0] * 2 + filled[:, 1] ** 2 + (filled[:, 3] == 2) + rng.normal(size=ROWS)
positive = np.exp(y / 3)
classes = np.digitize(y, [0, 2])
new = tuple(int(part) for part in xgb.__version__.split(".")[:2])
cases = []


def plain(values):
    return [None if isinstance(v, float) and np.isnan(v) else v for v in values]


def rows_of(values):
    """Rows x outputs as lists."""
    return np.asarray(values, dtype=np.float64).reshape(KEPT, -1).tolist()


def matrix(labels=None, categories=False, data=x):
    types = ["q", "q", "q", "c"] if categories else None
    return xgb.DMatrix(data, labels, feature_types=types, enable_categorical=categories)


def add(name, parameters, data=None, labels=y, rounds=2, kept=None, table=None, **options):
    if wanted and name not in wanted:
        return
    parameters = {"nthread": 1, "seed": 7, "max_depth": 3, "eta": 0.5, **parameters}
    if new < (2, 0) and parameters.get("booster") != "gblinear":
        parameters.setdefault("tree_method", "hist")
    try:
        booster = xgb.train(parameters, matrix(labels) if data is None else data, rounds, verbose_eval=False, **options)
    except xgb.core.XGBoostError as error:
        print(f"{name}: left out ({str(error).splitlines()[0][:100]})")
        return
    kept = kept if kept is not None else matrix(data=x[:KEPT])
    everything = {} if parameters.get("booster") == "gblinear" else {"iteration_range": (0, booster.num_boosted_rounds())}
    raw = booster.predict(kept, output_margin=True, **everything)
    case = {
        "name": name,
        "parameters": {key: value for key, value in parameters.items() if key not in ("nthread", "seed")},
        "raw": rows_of(raw),
        "prediction": None if parameters["objective"] == "multi:softmax" else rows_of(booster.predict(kept, **everything)),
    }
    if parameters.get("booster") != "gblinear":
        case["firstRound"] = rows_of(booster.predict(kept, output_margin=True, iteration_range=(0, 1)))
    if options.get("evals"):
        best = (0, booster.best_iteration + 1)
        case["best"] = rows_of(booster.predict(kept, output_margin=True, iteration_range=best))
    try:
        contributions = np.asarray(booster.predict(kept, pred_contribs=True, **everything), dtype=np.float64)
        case["contributions"] = contributions.reshape(KEPT, len(case["raw"][0]), COLUMNS + 1).tolist()
    except xgb.core.XGBoostError:
        case["contributions"] = None
    if table is not None:
        case["table"] = table
    if name in LAYOUTS:
        case["json"] = booster.save_raw(raw_format="json").decode()
    case["ubjson"] = base64.b64encode(booster.save_raw(raw_format="ubj")).decode()
    cases.append(case)


def squared(**more):
    return {"objective": "reg:squarederror", **more}


parallel = squared(num_parallel_tree=2, subsample=0.7)
watched = matrix(y[200:], data=x[200:])
add("early_stopping", parallel, matrix(y[:200], data=x[:200]), rounds=8, evals=[(watched, "eval")], early_stopping_rounds=2)
add("logistic", {"objective": "binary:logistic", "base_score": 0.3}, labels=(y > 1).astype(int))
add("reg_logistic", {"objective": "reg:logistic"}, labels=1 / (1 + np.exp(-y)))
add("logitraw", {"objective": "binary:logitraw"}, labels=(y > 1).astype(int))
add("hinge", {"objective": "binary:hinge"}, labels=(y > 1).astype(int))
add("softprob", {"objective": "multi:softprob", "num_class": 3}, labels=classes)
add("softmax", {"objective": "multi:softmax", "num_class": 3}, labels=classes, rounds=1)
add("poisson", {"objective": "count:poisson"}, labels=rng.poisson(positive))
add("gamma", {"objective": "reg:gamma"}, labels=positive)
add("tweedie", {"objective": "reg:tweedie"}, labels=np.maximum(positive - 1, 0))
add("squared_log", {"objective": "reg:squaredlogerror"}, labels=positive, rounds=1)
add("pseudo_huber", {"objective": "reg:pseudohubererror"}, rounds=1)
add("absolute_error", {"objective": "reg:absoluteerror"}, rounds=1)
add("cox", {"objective": "survival:cox"}, labels=positive * np.where(rng.random(ROWS) < 0.3, -1, 1))
aft = matrix()
aft.set_float_info("label_lower_bound", positive)
aft.set_float_info("label_upper_bound", np.where(rng.random(ROWS) < 0.3, np.inf, positive))
add("aft", {"objective": "survival:aft", "aft_loss_distribution": "logistic"}, aft)
for goal in ("ndcg", "pairwise", "map"):
    ranked = matrix((y > 1).astype(int) if goal == "map" else classes)
    ranked.set_group([20] * (ROWS // 20))
    add(f"rank_{goal}", {"objective": f"rank:{goal}"}, ranked, rounds=1)
add("quantiles", {"objective": "reg:quantileerror", "quantile_alpha": [0.4, 0.5, 0.6], "eta": 1.0}, rounds=4)
add("one_quantile", {"objective": "reg:quantileerror", "quantile_alpha": 0.8}, rounds=1)
add("expectiles", {"objective": "reg:expectileerror", "expectile_alpha": [0.1, 0.5, 0.9]})
add("one_expectile", {"objective": "reg:expectileerror", "expectile_alpha": 0.8}, rounds=1)
add("wide_expectiles", {"objective": "reg:expectileerror", "expectile_alpha": [0.1, 0.9]}, labels=y * 1000, rounds=1)
dart = squared(booster="dart", rate_drop=0.5)
add("dart", dart, rounds=4)
add("dart_softprob", {"booster": "dart", "objective": "multi:softprob", "num_class": 3, "rate_drop": 0.5}, labels=classes, rounds=3)
linear = {"booster": "gblinear", "lambda": 0.1}
add("linear", squared(**linear, base_score=0.7), rounds=5)
add("linear_poisson", {**linear, "objective": "count:poisson"}, labels=rng.poisson(positive), rounds=5)
add("linear_softprob", {**linear, "objective": "multi:softprob", "num_class": 3}, labels=classes, rounds=5)
if new >= (2, 0):
    targets = np.column_stack([y, filled[:, 2] - filled[:, 0]])
    add("two_targets", squared(), labels=targets)
    add("vector_leaf", squared(multi_strategy="multi_output_tree", tree_method="hist"), labels=targets)
    several = {"objective": "multi:softprob", "num_class": 3, "multi_strategy": "multi_output_tree", "tree_method": "hist"}
    add("vector_leaf_softprob", several, labels=classes)
sets = squared(tree_method="hist", max_cat_to_onehot=1)
add("category_codes", sets, matrix(y, categories=True), kept=matrix(categories=True, data=x[:KEPT]))
if new >= (3, 1):
    import pandas as pd

    names = np.array(["Aarhus", "Bern", "Cork", "Delft", "Evora", "Faro"])[x[:, 3].astype(int)]
    frame = pd.DataFrame({f"x{j}": x[:, j] for j in range(3)})
    frame["city"] = pd.Categorical(names, categories=pd.Index(["Faro", "Cork", "Aarhus", "Evora", "Delft", "Bern"], dtype=object))
    head = frame.head(KEPT)
    table = {name: plain(column.astype(object).where(column.notna(), None).tolist()) for name, column in head.items()}
    named = xgb.DMatrix(frame, y, enable_categorical=True)
    add("category_names", sets, named, kept=xgb.DMatrix(head, enable_categorical=True), table=table)

with open(f"{folder}/xgboost-{xgb.__version__}.json", "w") as file:
    about = {"library": f"xgboost {xgb.__version__}", "script": "test/reference/scripts/xgboost_formats.py"}
    json.dump({**about, "X": [plain(row) for row in x[:KEPT].astype(np.float64).tolist()], "cases": cases}, file, allow_nan=False)
    file.write("\n")

"""Small models in the formats of recent XGBoost and LightGBM, with the libraries' own predictions.

python tree_models.py xgboost|lightgbm|old-vector OUTPUT_FOLDER
`old-vector` wants XGBoost 2.1: vector leaves were stored otherwise before 3.1.
All data are random numbers from the seed below. Numbers are written as Python prints them (shortest round trip).
"""
import json, sys
import numpy as np

SEED, ROWS, KEPT = 20261122, 400, 40
what, folder = sys.argv[1], sys.argv[2]
rng = np.random.default_rng(SEED)
x = rng.normal(size=(ROWS, 3)).astype(np.float32).astype(np.float64)
x[rng.random(x.shape) < 0.08] = np.nan
filled = np.nan_to_num(x)


def plain(values):
    return [None if isinstance(v, float) and np.isnan(v) else v for v in values]


def write(name, library, booster, suffix, rows, raw, prediction, **more):
    booster.save_model(f"{folder}/{name}.{suffix}")
    raw = np.asarray(raw, dtype=np.float64).reshape(len(rows), -1)
    case = {
        "name": name,
        "script": "test/reference/scripts/tree_models.py",
        "library": f"{library.__name__} {library.__version__}",
        "X": [plain(row) for row in np.asarray(rows, dtype=np.float64).tolist()],
        "raw": raw.tolist(),
        "prediction": np.asarray(prediction, dtype=np.float64).reshape(len(rows), -1).tolist(),
        **more,
    }
    with open(f"{folder}/{name}.json", "w") as file:
        json.dump(case, file, allow_nan=False)
        file.write("\n")


def frame_of_categories():
    import pandas as pd

    city = rng.choice(["Athens", "Bern", "Cork", "Delft"], ROWS)
    grade = rng.choice([10, 20, 30], ROWS)
    frame = pd.DataFrame(
        {
            "city": pd.Categorical(city, categories=["Delft", "Athens", "Cork", "Bern"]),
            "size": x[:, 0],
            "grade": pd.Categorical(grade, categories=[30, 10, 20]),
            "constant": pd.Categorical(["only"] * ROWS),
            "flag": rng.random(ROWS) < 0.5,
        }
    )
    frame.loc[::17, "city"] = np.nan
    y = filled[:, 0] + (city == "Cork") * 1.5 - (grade == 20) + frame.flag + rng.normal(size=ROWS) * 0.3
    return frame, y.to_numpy()


def coded(frame):
    """The same rows as numbers, categories as codes."""
    columns = [c.cat.codes.replace(-1, np.nan) if c.dtype == "category" else c.astype(float) for _, c in frame.items()]
    return np.column_stack(columns)


def records(frame):
    """One list a column, with the names of the categories."""
    return {name: plain(column.astype(object).where(column.notna(), None).tolist()) for name, column in frame.items()}


def train_xgboost():
    import xgboost as xgb

    def save(name, parameters, data, rounds, rows, **more):
        booster = xgb.train({"nthread": 1, "seed": 7, **parameters}, data, rounds)
        kept = data.slice(range(KEPT)) if not more else xgb.DMatrix(more.pop("frame"), enable_categorical=True)
        write(name, xgb, booster, "xgb.json", rows, booster.predict(kept, output_margin=True), booster.predict(kept), **more)

    frame, y = frame_of_categories()
    head = frame.head(KEPT)
    parameters = {"objective": "binary:logistic", "max_depth": 4, "max_cat_to_onehot": 2, "base_score": 0.3}
    data = xgb.DMatrix(frame, (y > 0).astype(int), enable_categorical=True)
    save("xgb_named_categories", parameters, data, 5, coded(head), frame=head, table=records(head))

    classes = rng.integers(0, 3, ROWS)
    several = {"objective": "multi:softprob", "num_class": 3, "max_depth": 3}
    save("xgb_vector_base_score", several, xgb.DMatrix(x, classes), 4, x[:KEPT])
    save("xgb_vector_leaf_softprob", {**several, "multi_strategy": "multi_output_tree"}, xgb.DMatrix(x, classes), 4, x[:KEPT])
    targets = np.column_stack([filled[:, 0] * 2, filled[:, 1] ** 2])
    save("xgb_two_targets", {"max_depth": 3}, xgb.DMatrix(x, targets), 3, x[:KEPT])
    counts = rng.poisson(np.exp(0.4 * filled[:, 0]))
    dart = {"booster": "dart", "rate_drop": 0.3, "objective": "count:poisson", "max_depth": 3, "num_parallel_tree": 2, "subsample": 0.7}
    save("xgb_dart_poisson", dart, xgb.DMatrix(x, counts), 6, x[:KEPT])
    pruned = {"tree_method": "exact", "gamma": 15.0, "max_depth": 4}
    save("xgb_deleted_nodes", pruned, xgb.DMatrix(x, filled[:, 0] + filled[:, 1] + rng.normal(size=ROWS)), 3, x[:KEPT])


def train_old_vector():
    import xgboost as xgb

    targets = np.column_stack([filled[:, 0] * 2, filled[:, 1] ** 2])
    parameters = {"nthread": 1, "max_depth": 3, "multi_strategy": "multi_output_tree", "tree_method": "hist"}
    booster = xgb.train(parameters, xgb.DMatrix(x, targets), 3)
    kept = xgb.DMatrix(x[:KEPT])
    raw = booster.predict(kept, output_margin=True)
    write("xgb_vector_leaf_old", xgb, booster, "xgb.json", x[:KEPT], raw, booster.predict(kept))


def save_linear_trees(save):
    """From a generator of their own, so that the other models stay what they were."""
    import lightgbm as lgb

    own = np.random.default_rng(SEED + 1)
    x = own.normal(size=(ROWS, 4)).astype(np.float32).astype(np.float64)
    x[:, 3] = own.integers(0, 6, ROWS)
    x[own.random(x.shape) < 0.08] = np.nan
    filled = np.nan_to_num(x)
    y = filled[:, 0] * np.where(filled[:, 1] > 0, 2, -1) + (filled[:, 3] == 2) + own.normal(size=ROWS) * 0.2
    linear = {"linear_tree": True, "linear_lambda": 0.01, "min_data_in_leaf": 8}

    def data(label):
        return lgb.Dataset(x, label, categorical_feature=[3])

    save("lgb_linear_regression", {**linear, "objective": "regression"}, data(y), 4, x[:KEPT])
    save("lgb_linear_huber", {**linear, "objective": "huber"}, data(y), 3, x[:KEPT])
    save("lgb_linear_binary", {**linear, "objective": "binary", "sigmoid": 1.5}, data((y > 0).astype(int)), 4, x[:KEPT])
    classes = {**linear, "objective": "multiclass", "num_class": 3}
    save("lgb_linear_classes", classes, data(np.digitize(y, [-0.5, 0.5])), 3, x[:KEPT])
    save("lgb_linear_single_leaf", {**linear, "objective": "regression", "min_data_in_leaf": ROWS}, data(y), 2, x[:KEPT])


def train_lightgbm():
    import lightgbm as lgb

    def save(name, parameters, data, rounds, rows, given, **more):
        parameters = {"num_leaves": 7, "min_data_per_group": 10, "cat_smooth": 1, "verbose": -1, "num_threads": 1, "seed": 7, **parameters}
        booster = lgb.train({**parameters, "deterministic": True, "force_row_wise": True}, data, rounds)
        write(name, lgb, booster, "lgb.txt", rows, booster.predict(given, raw_score=True), booster.predict(given), **more)

    frame, y = frame_of_categories()
    head = frame.head(KEPT)
    save("lgb_pandas_categories", {}, lgb.Dataset(frame, y), 5, coded(head), head, table=records(head))
    root = {"objective": "regression", "reg_sqrt": True}
    save("lgb_square_root", root, lgb.Dataset(x, np.abs(y)), 4, x[:KEPT], x[:KEPT])
    classes = rng.integers(0, 3, ROWS)
    each = {"objective": "multiclassova", "num_class": 3, "sigmoid": 2.0}
    save("lgb_one_versus_all", each, lgb.Dataset(x, classes), 3, x[:KEPT], x[:KEPT])
    share = 1 / (1 + np.exp(-filled[:, 0]))
    save("lgb_cross_entropy_lambda", {"objective": "cross_entropy_lambda"}, lgb.Dataset(x, share), 4, x[:KEPT], x[:KEPT])
    save_linear_trees(lambda name, parameters, data, rounds, rows: save(name, parameters, data, rounds, rows, rows))
    forest = {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6, "objective": "binary"}
    save("lgb_forest_binary", forest, lgb.Dataset(x, (y > 0).astype(int)), 5, x[:KEPT], x[:KEPT])


{"xgboost": train_xgboost, "old-vector": train_old_vector, "lightgbm": train_lightgbm}[what]()

"""Small scikit-learn models, written by the exporter that ships with vitrine, and what scikit-learn itself predicts.

    python test/reference/scripts/sklearn_models.py test/reference/sklearn

With scikit-learn 1.9.1 this writes all cases of the newest format; with 1.0.2, 1.3.2 and 1.4.2 the cases that differ there (names
end in the version). Random numbers alone; no data set.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.ensemble import (
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    IsolationForest,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.tree import DecisionTreeClassifier, ExtraTreeRegressor

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "python"))
from vitrine_export import export  # noqa: E402

folder = Path(sys.argv[1])
version = tuple(int(part) for part in sklearn.__version__.split(".")[:2])
rng = np.random.default_rng(20261125)
TRAIN, ROWS = 240, 24
x = rng.normal(size=(TRAIN, 4)).round(2)
y = x[:, 0] + np.where(x[:, 1] > 0, x[:, 2], -x[:, 3]) + rng.normal(size=TRAIN) * 0.2
three = np.array(["low", "middle", "high"])[np.digitize(y, [-0.7, 0.7])]
holes = np.where(rng.random(x.shape) < 0.1, np.nan, x)
city = rng.choice(["Athens", "Bern", "Cork", "Delft", "Essen"], TRAIN)
grade = rng.choice([10, 20, 30, 40], TRAIN)
frame = pd.DataFrame({"size": holes[:, 0], "city": city, "age": holes[:, 1], "grade": grade, "flag": rng.random(TRAIN) < 0.5})
frame.loc[::11, "city"] = None
frame_y = x[:, 0] + (city == "Cork") * 1.5 - (grade == 20) * 2 + (grade == 40) + frame["flag"] + rng.normal(size=TRAIN) * 0.2
frame["city"] = frame["city"].astype("category")
frame["grade"] = frame["grade"].astype("category")


def plain(values):
    return [None if isinstance(v, float) and np.isnan(v) else v for v in values]


def write(name, model, rows, raw, prediction, **more):
    name = f"sk_{name}" if version >= (1, 9) else f"sk_{name}_{version[0]}_{version[1]}"
    export(model, folder / f"{name}.sk.json")
    rows = None if rows is None else [plain(row) for row in np.asarray(rows, dtype=float).tolist()]
    case = {
        "name": name,
        "script": "test/reference/scripts/sklearn_models.py",
        "library": f"scikit-learn {sklearn.__version__}",
        "X": rows,
        "raw": np.asarray(raw, dtype=float).reshape(ROWS, -1).tolist(),
        "prediction": np.asarray(prediction, dtype=float).reshape(ROWS, -1).tolist(),
        **more,
    }
    (folder / f"{name}.json").write_text(json.dumps(case, allow_nan=False) + "\n")


def forest(name, model, data, target):
    model.fit(data, target)
    rows = data[:ROWS]
    found = model.predict_proba(rows) if hasattr(model, "predict_proba") else model.predict(rows)
    found = np.concatenate(found, axis=1) if isinstance(found, list) else found
    write(name, model, rows, found, found)


def boosted(name, model, data, target):
    model.fit(data, target)
    rows = data[:ROWS]
    raw = model._raw_predict(rows if type(model).__name__.startswith("Hist") else rows.astype(np.float32))
    found = model.predict_proba(rows) if hasattr(model, "predict_proba") else model.predict(rows)
    if hasattr(model, "predict_proba") and found.shape[1] == 2:
        found = found[:, 1]
    if name == "hist_codes" and version >= (1, 4):
        # An encoder makes codes of the numbers: the cells are names of categories.
        rows = pd.DataFrame(rows, columns=[f"x{j}" for j in range(rows.shape[1])])
    if not isinstance(rows, pd.DataFrame):
        return write(name, model, rows, raw, found)
    table = {column: plain([v.item() if hasattr(v, "item") else v for v in rows[column].astype(object)]) for column in rows}
    write(name, model, None, raw, found, table=table)


def isolation(name, model, data):
    model.fit(data)
    score = -model.score_samples(data[:ROWS])
    from sklearn.ensemble._iforest import _average_path_length

    write(name, model, data[:ROWS], -np.log2(score) * _average_path_length([model.max_samples_])[0], score)


if version >= (1, 9):
    forest("tree_missing", DecisionTreeClassifier(max_depth=4, random_state=0), holes, three)
    forest("tree_two_targets", DecisionTreeClassifier(max_depth=3, random_state=0), x, np.column_stack([three, y > 0]).astype(str))
    forest("forest_missing", RandomForestClassifier(5, max_depth=4, random_state=0), holes, y > 0)
    forest("forest_two_targets", RandomForestRegressor(4, max_depth=4, random_state=0), x, np.column_stack([y, -x[:, 0]]))
    forest("extra_trees_missing", ExtraTreesRegressor(5, max_depth=4, random_state=0), holes, y)
    forest("extra_tree", ExtraTreeRegressor(max_depth=5, random_state=0), x, y)
    boosted("boosting_three", GradientBoostingClassifier(n_estimators=4, max_depth=2, random_state=0), x, three)
    boosted("boosting_exponential", GradientBoostingClassifier(n_estimators=5, max_depth=2, loss="exponential"), x, y > 0)
    boosted("boosting_huber", GradientBoostingRegressor(n_estimators=6, loss="huber", subsample=0.7, random_state=0), x, y)
    boosted("boosting_from_zero", GradientBoostingRegressor(n_estimators=3, init="zero", random_state=0), x, y)
    hist = {"max_iter": 5, "max_leaf_nodes": 7, "min_samples_leaf": 5, "categorical_features": "from_dtype"}
    boosted("hist_categories", HistGradientBoostingRegressor(**hist), frame, frame_y)
    boosted("hist_binary", HistGradientBoostingClassifier(**hist), frame, frame_y > 0)
    boosted("hist_three", HistGradientBoostingClassifier(max_iter=3, max_leaf_nodes=5), holes, three)
    boosted("hist_poisson", HistGradientBoostingRegressor(loss="poisson", max_iter=5, max_leaf_nodes=6), holes, np.exp(y))
    isolation("isolation_columns", IsolationForest(n_estimators=6, max_samples=32, max_features=0.5, bootstrap=True, random_state=0), x)
else:
    forest("tree_counts", DecisionTreeClassifier(max_depth=4, random_state=0), x, three)
    forest("forest_counts", RandomForestClassifier(4, max_depth=3, random_state=0, class_weight="balanced"), x, y > 0)
    boosted("boosting", GradientBoostingClassifier(n_estimators=4, max_depth=2, random_state=0), x, y > 0)
    codes = np.column_stack([holes[:, 0], np.where(rng.random(TRAIN) < 0.1, np.nan, grade // 10 * 3), holes[:, 1]])
    boosted(
        "hist_codes",
        HistGradientBoostingRegressor(max_iter=5, max_leaf_nodes=6, min_samples_leaf=5, categorical_features=[1]),
        codes,
        frame_y.to_numpy(),
    )
    isolation("isolation", IsolationForest(n_estimators=5, max_samples=32, random_state=0), x)

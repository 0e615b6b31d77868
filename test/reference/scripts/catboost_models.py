"""Small CatBoost models with each kind of split and tree, and what CatBoost itself says of them.

    python test/reference/scripts/catboost_models.py test/reference/catboost

CatBoost 1.2.10 on random numbers. `shap` holds get_feature_importance(type="ShapValues") of the first rows: rows × outputs ×
(features and the expected value). `city-hash.json` holds CatBoost's hashes of texts of all lengths up to 70 bytes and some longer.
"""

import json
import random
import sys
from pathlib import Path

import catboost
import numpy as np
import pandas as pd
from catboost import CatBoostClassifier, CatBoostRegressor, Pool

folder = Path(sys.argv[1])
rng = np.random.default_rng(20261125)
TRAIN, ROWS = 400, 24
x = rng.normal(size=(TRAIN, 3)).round(2)
holes = np.where(rng.random(x.shape) < 0.1, np.nan, x)
frame = pd.DataFrame(
    {
        "size": holes[:, 0],
        "city": rng.choice(["Athens", "Bern", "Cork", "Delft", "Zürich", "A town with a name beyond 32 bytes"], TRAIN),
        "age": x[:, 1],
        "grade": rng.choice([10, 20, 30, 40, -5], TRAIN),
        "flag": rng.random(TRAIN) < 0.5,
        "color": rng.choice(["red", "green"], TRAIN),
    }
)
categories = ["city", "grade", "flag", "color"]
signal = x[:, 0] + (frame.city == "Cork") * 1.5 - (frame.grade == 20) * 2 + frame.flag + (frame.color == "red") * (x[:, 1] > 0)
signal += (frame.city == "Bern") * (frame.grade == 40) * 2
y = (signal + rng.normal(size=TRAIN) * 0.2).to_numpy()
three = np.array(["low", "middle", "high"])[np.digitize(y, [-0.3, 1.0])]
# The last rows have categories that training does not meet.
test = frame.iloc[:ROWS].copy()
test.loc[0, "city"] = "Nowhere"
test.loc[1, "grade"] = 99
test.loc[2, "color"] = "blue"
test.loc[3, "city"] = ""


def plain(values):
    return [None if isinstance(v, float) and np.isnan(v) else v for v in values]


def cells(rows):
    return {c: plain([v.item() if hasattr(v, "item") else v for v in rows[c].astype(object)]) for c in rows}


def write(name, model, rows, response, pool=None):
    rows = rows if isinstance(rows, (pd.DataFrame, Pool)) else np.asarray(rows)
    model.save_model(str(folder / f"cat_{name}.cat.json"), format="json", **({} if pool is None else {"pool": pool}))
    given = Pool(rows, cat_features=[c for c in categories if c in rows]) if isinstance(rows, pd.DataFrame) else Pool(rows)
    # CatBoost refuses to explain a model with a scale of its own.
    shap = model.get_feature_importance(given, type="ShapValues") if name != "scaled" else np.zeros((0, 0))
    if shap.ndim == 2:
        shap = shap[:, None, :]
    case = {
        "name": f"cat_{name}",
        "script": "test/reference/scripts/catboost_models.py",
        "library": f"catboost {catboost.__version__}",
        "raw": np.asarray(model.predict(given, prediction_type="RawFormulaVal")).reshape(ROWS, -1).tolist(),
        "prediction": np.asarray(response(given)).reshape(ROWS, -1).tolist(),
        "shap": shap.tolist(),
        **({"table": cells(rows)} if isinstance(rows, pd.DataFrame) else {"X": [plain(row) for row in rows.tolist()]}),
    }
    (folder / f"cat_{name}.json").write_text(json.dumps(case, allow_nan=False) + "\n")


def fit(name, kind, data, target, saved_with_pool=False, **params):
    model = kind(verbose=0, allow_writing_files=False, thread_count=1, random_seed=1, **params)
    named = isinstance(data, pd.DataFrame)
    pool = Pool(data, target, cat_features=[c for c in categories if c in data] if named else None)
    model.fit(pool)
    rows = (test[list(data.columns)] if named else data[:ROWS])
    binary = kind is CatBoostClassifier

    def response(given):
        if not binary:
            return model.predict(given)
        found = model.predict_proba(given)
        return found[:, 1] if params.get("loss_function", "Logloss") == "Logloss" else found

    write(name, model, rows, response, pool if saved_with_pool else None)


simple = {"max_ctr_complexity": 1}
fit("numbers", CatBoostRegressor, holes, y, iterations=8, depth=4)
fit("missing_above", CatBoostRegressor, holes, y, iterations=6, depth=3, nan_mode="Max")
fit("three_classes", CatBoostClassifier, holes, three, iterations=4, depth=3, loss_function="MultiClass")
fit("one_versus_all", CatBoostClassifier, x, three, iterations=4, depth=3, loss_function="MultiClassOneVsAll")
fit("depthwise", CatBoostRegressor, holes, y, iterations=5, depth=4, grow_policy="Depthwise")
fit("lossguide", CatBoostClassifier, holes, three, iterations=4, max_leaves=7, grow_policy="Lossguide", loss_function="MultiClass")
fit("poisson", CatBoostRegressor, x, np.exp(y / 2), iterations=5, depth=3, loss_function="Poisson")
fit("targets", CatBoostRegressor, x, np.column_stack([y, -y]), iterations=4, depth=3, loss_function="MultiRMSE")
fit("one_hot", CatBoostRegressor, frame, y, iterations=8, depth=4, one_hot_max_size=20)
fit("one_hot_lossguide", CatBoostRegressor, frame, y, iterations=6, max_leaves=8, grow_policy="Lossguide", one_hot_max_size=20)
fit("statistics", CatBoostRegressor, frame, y, iterations=10, depth=4, one_hot_max_size=1, **simple)
fit("statistics_binary", CatBoostClassifier, frame, y > 0.5, True, iterations=10, depth=4, one_hot_max_size=2, **simple)
fit("statistics_three", CatBoostClassifier, frame, three, iterations=6, depth=3, one_hot_max_size=2, loss_function="MultiClass", **simple)
fit(
    "statistics_kinds",
    CatBoostRegressor,
    frame,
    y,
    iterations=10,
    depth=4,
    one_hot_max_size=1,
    simple_ctr=[
        "Borders:TargetBorderCount=3:TargetBorderType=Uniform",
        "Buckets:TargetBorderCount=2:Prior=0.3/1",
        "BinarizedTargetMeanValue:TargetBorderCount=4",
        "Counter:Prior=0.5/1",
    ],
    **simple,
)
fit("combinations", CatBoostRegressor, frame, y, iterations=20, depth=5, one_hot_max_size=2, max_ctr_complexity=3)
fit("combinations_depthwise", CatBoostClassifier, frame, y > 0.5, iterations=10, depth=4, grow_policy="Depthwise", one_hot_max_size=2)
scaled = CatBoostRegressor(verbose=0, allow_writing_files=False, thread_count=1, random_seed=1, iterations=4, depth=3).fit(x, y)
scaled.set_scale_and_bias(0.25, 3.5)
write("scaled", scaled, x[:ROWS], scaled.predict)

random.seed(1)
letters = "abcdefghijklmnopqrstuvwxyzäßABC 012"
lengths = [*range(1, 70), 80, 96, 127, 128, 129, 160, 191, 192, 193, 255, 256, 257, 300]
texts = ["".join(random.choice(letters) for _ in range(length)) for length in lengths] + ["東京都", "ü"]
pool = Pool(np.array([[text] for text in texts], dtype=object), np.arange(len(texts)) % 7, cat_features=[0])
hashed = CatBoostRegressor(iterations=1, depth=1, verbose=0, allow_writing_files=False).fit(pool)
path = folder / "hashed.cat.json"
hashed.save_model(str(path), format="json", pool=pool)
found = json.loads(path.read_text())["features_info"]["cat_features_hash"]
path.unlink()
(folder / "city-hash.json").write_text(json.dumps(sorted([one["value"], one["hash"]] for one in found)) + "\n")

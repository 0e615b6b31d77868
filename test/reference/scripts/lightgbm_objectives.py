"""Small models of LightGBM's objectives, boosters and rules for missing values, with their predictions.

    /work/peers-venv/bin/python test/reference/scripts/lightgbm_objectives.py

writes test/reference/trees/lightgbm/objectives.json: the rows, and for each case the model's text, raw scores and responses.
"""

import json
from pathlib import Path

import lightgbm as lgb
import numpy as np

SEED, ROWS, KEPT = 11, 400, 25
rng = np.random.default_rng(SEED)
x = rng.normal(size=(ROWS, 4)).astype(np.float32).astype(np.float64)
x[:, 3] = rng.integers(0, 40, ROWS)
x[rng.random(x.shape) < 0.15] = np.nan
x[rng.random(x.shape) < 0.1] = 0
signal = np.nan_to_num(x[:, 0]) + 0.3 * (x[:, 3] % 3 == 1) + 0.1 * rng.normal(size=ROWS)
positive, binary, grades = np.exp(signal), (signal > 0.2).astype(int), np.digitize(signal, [0, 0.6])
BASE = {"num_leaves": 5, "min_data_in_leaf": 10, "min_data_per_group": 10, "verbose": -1, "num_threads": 1, "seed": 3}
FOREST = {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6}
cases = []


def squared(predictions, data):
    return predictions - data.get_label(), np.ones_like(predictions)


def add(name, label, parameters, num_iteration=None, **data):
    settings = {**BASE, "deterministic": True, "force_row_wise": True, **parameters}
    booster = lgb.train(settings, lgb.Dataset(x, label, categorical_feature=[3], **data), 4)
    raw, response = (booster.predict(x[:KEPT], raw_score=scale, num_iteration=num_iteration).ravel() for scale in (True, False))
    model = booster.model_to_string(num_iteration=num_iteration)
    cases.append({"name": name, "model": model, "raw": raw.tolist(), "response": response.tolist()})


add("cross_entropy", 1 / (1 + np.exp(-signal)), {"objective": "cross_entropy"})
for objective in ("quantile", "regression_l1", "mape"):
    add(objective, signal, {"objective": objective})
for objective in ("lambdarank", "rank_xendcg"):
    add(objective, grades, {"objective": objective}, group=[50] * 8)
for objective in ("poisson", "gamma", "tweedie"):
    add(objective, positive, {"objective": objective})
add("multiclassova, sigmoid 0.7", grades, {"objective": "multiclassova", "num_class": 3, "sigmoid": 0.7})
add("binary, sigmoid 2.5", binary, {"objective": "binary", "sigmoid": 2.5})
add("zero is missing", binary, {"objective": "binary", "zero_as_missing": True})
add("nothing is missing", binary, {"objective": "binary", "use_missing": False})
add("forest, multiclass", grades, {**FOREST, "objective": "multiclass", "num_class": 3})
add("forest, regression", positive, {**FOREST, "objective": "regression"})
add("dart, poisson", positive, {"boosting": "dart", "objective": "poisson"})
add("the first two iterations", signal, {"objective": "regression"}, num_iteration=2)
add("an objective of one's own", signal, {"objective": squared})

rows = [[None if np.isnan(value) else value for value in row] for row in x[:KEPT].tolist()]
provenance = {"script": "test/reference/scripts/lightgbm_objectives.py", "library": f"lightgbm {lgb.__version__}", "seed": SEED}
folder = Path(__file__).resolve().parents[1] / "trees" / "lightgbm"
folder.mkdir(exist_ok=True)
(folder / "objectives.json").write_text(json.dumps({**provenance, "X": rows, "cases": cases}) + "\n")

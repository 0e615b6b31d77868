"""The Python peers, as a process that answers one JSON line with another.   python peers.py FOLDER

{"do": "train", "name": ..., "leaves": ..., "depth": ..., "trees": ...}  trains a LightGBM model on synthetic data and saves FOLDER/NAME.lgb.txt
{"do": "open", "name": ..., "rows": ...}     loads it, makes the rows, and writes rows and shap's values to FOLDER as float64: NAME.x, NAME.phi
{"do": "openInteractions", "name": ..., "rows": ...}   after open: keeps the first rows, and writes shap's interactions of them: NAME.pairs
{"do": "interactions"}                       runs shap's interactions of those rows and gives the processor time in seconds
{"do": "shap"} | {"do": "lightgbm"}          runs that engine once on one thread and gives its seconds

shap is measured by its own C extension, not by LightGBM's `pred_contrib` that it would call for this model."""
import json, os, sys, time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import lightgbm as lgb  # noqa: E402  (after the thread settings)
import numpy as np  # noqa: E402
import shap  # noqa: E402

folder = sys.argv[1]
state = {}


def make_rows(n, seed):
    x = np.random.default_rng(seed).uniform(-np.sqrt(3), np.sqrt(3), (n, 20))
    y = 2 * x[:, 0] * x[:, 1] + 2 * np.sin(3 * x[:, 2]) + 1.5 * (x[:, 3] > 0) * x[:, 4] + x[:, 5] ** 2 + np.maximum(x[:, 6], x[:, 7]) + 0.3 * x[:, 11]
    return x, y


def train(name, leaves, depth, trees):
    x, y = make_rows(20_000, 5)
    parameters = dict(objective="regression", num_leaves=leaves, max_depth=depth, learning_rate=0.1, min_data_in_leaf=5, verbose=-1, seed=1, num_threads=1)
    lgb.train(parameters, lgb.Dataset(x, y), trees).save_model(f"{folder}/{name}.lgb.txt")
    return {}


def open_model(name, rows):
    state["rows"] = make_rows(rows, 77)[0]
    state["booster"] = lgb.Booster(model_file=f"{folder}/{name}.lgb.txt")
    state["explainer"] = shap.TreeExplainer(state["booster"])
    state["explainer"].model.model_type = "internal"  # shap's own C extension
    state["rows"].astype("<f8").tofile(f"{folder}/{name}.x")
    np.asarray(run_shap(), "<f8").tofile(f"{folder}/{name}.phi")
    return {}


def run_shap():
    return state["explainer"].shap_values(state["rows"], check_additivity=False)


def open_interactions(name, rows):
    state["few"] = state["rows"][:rows]
    np.asarray(state["explainer"].shap_interaction_values(state["few"]), "<f8").tofile(f"{folder}/{name}.pairs")
    return {}


def timed_interactions():
    start = time.process_time()
    state["explainer"].shap_interaction_values(state["few"])
    return {"seconds": time.process_time() - start}


def timed(work):
    start = time.perf_counter()
    work()
    return {"seconds": time.perf_counter() - start}


actions = {
    "train": train,
    "open": open_model,
    "openInteractions": open_interactions,
    "interactions": timed_interactions,
    "shap": lambda: timed(run_shap),
    "lightgbm": lambda: timed(lambda: state["booster"].predict(state["rows"], pred_contrib=True, num_threads=1)),
    "versions": lambda: {"shap": shap.__version__, "lightgbm": lgb.__version__, "numpy": np.__version__, "python": sys.version.split()[0]},
}
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(actions[request.pop("do")](**request)), flush=True)

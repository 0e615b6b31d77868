"""The Python peers of Kernel SHAP, as a process that answers one JSON line with another.   python peers.py FOLDER

{"do": "train", "name": ...}                     trains the LightGBM model of that case; writes FOLDER/kernel-NAME.lgb.txt, and rows and background as
                                                 float64: kernel-NAME.x, kernel-NAME.background
{"do": "open", "name": ...}                      loads it; answers the numbers of columns, rows and background rows
{"do": "explain", "engine": ..., "budget": m, "seed": s}
                                                 explains the rows with at most m evaluations of v (each of which is one model row for each
                                                 background row); answers the values, rows x columns, and the evaluations that it made

KernelExplainer's nsamples do not count the empty and the full coalition, which it evaluates too. It runs with its l1 regularization switched off, which would otherwise set all but ten values to 0."""
import json, os, sys

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import logging
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
import importlib.metadata  # noqa: E402
import lightgbm as lgb  # noqa: E402
import numpy as np  # noqa: E402
import shap  # noqa: E402
import shapiq.approximator as approximators  # noqa: E402
from sklearn import datasets  # noqa: E402

folder = sys.argv[1]
state = {}
ROWS, BACKGROUND = 5, 10


def synthetic(d, seed, levels=None):
    """Sines, products of two, three and four, steps: effects of every order among d columns."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, (8000, d)) if levels is None else rng.integers(0, levels, (8000, d)).astype(float)
    y = np.zeros(8000)
    z = x if levels is None else 2 * x / (levels - 1) - 1
    for term in range(2 * d):
        order = 1 + term % 4
        columns = rng.choice(d, order, replace=False)
        y += rng.normal() * np.prod(np.sin(2 * z[:, columns]), axis=1) * (2 if order < 3 else 4)
    return x, y + 0.1 * rng.normal(size=8000)


def from_sklearn(loader):
    data = loader()
    return np.asarray(data.data, float), np.asarray(data.target, float)


CASES = {
    "synthetic-8": (lambda: synthetic(8, 1), dict(num_leaves=63)),
    "diabetes-10": (lambda: from_sklearn(datasets.load_diabetes), dict(num_leaves=15)),
    "wine-13": (lambda: from_sklearn(datasets.load_wine), dict(num_leaves=8, min_data_in_leaf=3)),
    "synthetic-20": (lambda: synthetic(20, 2), dict(num_leaves=63)),
    "categories-20": (lambda: synthetic(20, 3, levels=3), dict(num_leaves=63)),
    "breast-cancer-30": (lambda: from_sklearn(datasets.load_breast_cancer), dict(num_leaves=15)),
    "synthetic-40": (lambda: synthetic(40, 4), dict(num_leaves=63)),
    "digits-60": (lambda: digits(), dict(num_leaves=31)),
}


def digits():
    x, y = from_sklearn(datasets.load_digits)
    kept = np.sort(np.argsort(-x.std(axis=0), kind="stable")[:60])
    return x[:, kept], y


def train(name):
    load, parameters = CASES[name]
    x, y = load()
    order = np.random.default_rng(7).permutation(len(x))
    x, y = x[order], y[order]
    common = dict(objective="regression", learning_rate=0.1, min_data_in_leaf=5, verbose=-1, seed=1, num_threads=1)
    lgb.train({**common, **parameters}, lgb.Dataset(x, y), 100).save_model(f"{folder}/kernel-{name}.lgb.txt")
    x[:ROWS].astype("<f8").tofile(f"{folder}/kernel-{name}.x")
    x[ROWS : ROWS + BACKGROUND].astype("<f8").tofile(f"{folder}/kernel-{name}.background")
    return {}


def open_case(name):
    booster = lgb.Booster(model_file=f"{folder}/kernel-{name}.lgb.txt")
    d = booster.num_feature()
    state["rows"] = np.fromfile(f"{folder}/kernel-{name}.x").reshape(-1, d)
    state["background"] = np.fromfile(f"{folder}/kernel-{name}.background").reshape(-1, d)
    state["predict"] = lambda rows: booster.predict(rows, num_threads=1)
    return {"columns": d, "rows": len(state["rows"]), "background": len(state["background"])}


def play(row):
    """The game of a row: coalitions x players, true or false, to mean predictions."""
    background = state["background"]

    def value(coalitions):
        coalitions = np.atleast_2d(np.asarray(coalitions, bool))
        out = np.empty(len(coalitions))
        for start in range(0, len(coalitions), 512):
            chosen = coalitions[start : start + 512]
            rows = np.where(chosen[:, None, :], row[None, None, :], background[None, :, :])
            out[start : start + 512] = state["predict"](rows.reshape(-1, rows.shape[-1])).reshape(len(chosen), -1).mean(axis=1)
        state["asked"] += len(coalitions)
        return out

    return value


def run_kernel_explainer(budget, seed):
    np.random.seed(seed)
    explainer = shap.KernelExplainer(state["predict"], state["background"])
    return explainer.shap_values(state["rows"], nsamples=budget - 2, l1_reg=False, silent=True)


def run_permutation_explainer(budget, seed):
    masker = shap.maskers.Independent(state["background"], max_samples=len(state["background"]))
    explainer = shap.PermutationExplainer(state["predict"], masker, seed=seed)
    return explainer(state["rows"], max_evals=max(budget, 2 * state["rows"].shape[1] + 1), silent=True).values


def run_shapiq(make):
    def run(budget, seed):
        d = state["rows"].shape[1]
        out = []
        for i, row in enumerate(state["rows"]):
            found = make(d, 1000 * seed + i).approximate(budget, play(row))
            values = [found.dict_values.get((j,), 0.0) if hasattr(found, "dict_values") else found[(j,)] for j in range(d)]
            out.append(values)
        return np.asarray(out)

    return run


ENGINES = {
    "shap KernelExplainer": run_kernel_explainer,
    "shap PermutationExplainer": run_permutation_explainer,
    "shapiq KernelSHAP": run_shapiq(lambda d, s: approximators.KernelSHAP(n=d, random_state=s, pairing_trick=True)),
    "shapiq PermutationSamplingSV": run_shapiq(lambda d, s: approximators.PermutationSamplingSV(n=d, random_state=s)),
    "shapiq SVARM": run_shapiq(lambda d, s: approximators.SVARM(n=d, random_state=s)),
}


def explain(engine, budget, seed):
    state["asked"] = 0
    values = np.asarray(ENGINES[engine](budget, seed), float)
    return {"values": values.reshape(len(state["rows"]), -1).tolist(), "asked": state["asked"] / len(state["rows"])}


actions = {
    "train": train,
    "open": open_case,
    "explain": explain,
    "engines": lambda: {"engines": list(ENGINES)},
    "versions": lambda: {
        "shap": shap.__version__,
        "shapiq": importlib.metadata.version("shapiq"),
        "lightgbm": lgb.__version__,
        "numpy": np.__version__,
        "python": sys.version.split()[0],
    },
}
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(actions[request.pop("do")](**request)), flush=True)

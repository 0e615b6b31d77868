"""One peer as a process that answers one JSON line with another, on one thread.   python explain.py ENGINE FOLDER

ENGINE is shap (its own C extension), lightgbm (`pred_contrib`), fasttreeshap (v2), woodelf or xgboost (`pred_contribs`).
{"do": "train", "name", "leaves", "depth", "trees", "cuts"}   saves FOLDER/NAME.lgb.txt, or NAME.xgb.json of xgboost; cuts saves NAME-CUT.lgb.txt too
{"do": "rows", "name", "count", "seed"}                       writes FOLDER/NAME.x as float64
{"do": "open", "model", "rows", "count", "background", "of"}  loads a model and takes the first rows; "of" rows of the file "background"
{"do": "values", "file"}                                      explains them and writes the values of the columns, without the bias, as float64
{"do": "run", "fresh"}                                        explains them once and gives seconds; fresh builds the explainer within the time
{"do": "one", "repeats"}                                      the median seconds of a call with one row, of lightgbm also by its C API"""
import json, os, resource, sys, time

# A peer that wants more memory than this machine can spare fails alone.
most = int(0.6 * os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
resource.setrlimit(resource.RLIMIT_AS, (most, most))
for setting in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[setting] = "1"
engine, folder = sys.argv[1:3]
# Libraries print warnings to the standard output: that of the answers becomes another.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
import numpy as np  # noqa: E402  (after the thread settings)

if engine == "xgboost":
    import xgboost as library
elif engine == "fasttreeshap":
    import fasttreeshap as library
    import lightgbm as lgb
else:
    import lightgbm as lgb
    if engine == "shap":
        import shap as library
    elif engine == "woodelf":
        import pandas as pd
        from woodelf import WoodelfExplainer
    else:
        library = lgb
COLUMNS = 20
state = {}


def make_rows(n, seed):
    x = np.random.default_rng(seed).uniform(-np.sqrt(3), np.sqrt(3), (n, COLUMNS))
    y = 2 * x[:, 0] * x[:, 1] + 2 * np.sin(3 * x[:, 2]) + 1.5 * (x[:, 3] > 0) * x[:, 4] + x[:, 5] ** 2 + np.maximum(x[:, 6], x[:, 7]) + 0.3 * x[:, 11]
    return x, y


def train(name, leaves, depth, trees, cuts=()):
    x, y = make_rows(20_000, 5)
    if engine == "xgboost":
        parameters = dict(objective="reg:squarederror", max_depth=depth, max_leaves=leaves, grow_policy="lossguide", tree_method="hist", eta=0.1, min_child_weight=5, nthread=1, seed=1)
        library.train(parameters, library.DMatrix(x.astype(np.float32), label=y, nthread=1), trees).save_model(f"{folder}/{name}.xgb.json")
        return {}
    parameters = dict(objective="regression", num_leaves=leaves, max_depth=depth, learning_rate=0.1, min_data_in_leaf=5, verbose=-1, seed=1, num_threads=1)
    booster = lgb.train(parameters, lgb.Dataset(x, y), trees)
    for cut in cuts:
        booster.save_model(f"{folder}/{name}-{cut}.lgb.txt", num_iteration=cut)
    booster.save_model(f"{folder}/{name}.lgb.txt")
    return {}


def rows(name, count, seed):
    make_rows(count, seed)[0].astype("<f8").tofile(f"{folder}/{name}.x")
    return {}


def read(name, count):
    return np.fromfile(f"{folder}/{name}.x", "<f8", count * COLUMNS).reshape(count, COLUMNS)


def open_model(model, rows, count, background=None, of=0):
    state["x"] = read(rows, count)
    state["background"] = None if background is None else read(background, of)
    if engine == "xgboost":
        state["booster"] = library.Booster({"nthread": 1})
        state["booster"].load_model(f"{folder}/{model}.xgb.json")
        state["booster"].set_param({"nthread": 1})
        state["x"] = library.DMatrix(state["x"].astype(np.float32), nthread=1)
    else:
        state["booster"] = lgb.Booster(model_file=f"{folder}/{model}.lgb.txt")
    if engine == "woodelf":
        names = state["booster"].feature_name()
        state["x"] = pd.DataFrame(state["x"], columns=names)
        if background is not None:
            state["background"] = pd.DataFrame(state["background"], columns=names)
    state["explainer"] = build()
    return {}


def build():
    booster, background = state["booster"], state["background"]
    if engine == "shap":
        if background is not None:
            return library.TreeExplainer(booster, library.maskers.Independent(background, max_samples=10**6), feature_perturbation="interventional")
        explainer = library.TreeExplainer(booster)
        explainer.model.model_type = "internal"  # shap's own C extension, not LightGBM's
        return explainer
    if engine == "fasttreeshap":
        return library.TreeExplainer(booster, algorithm="v2", n_jobs=1)
    if engine == "woodelf":
        return WoodelfExplainer(booster) if background is None else WoodelfExplainer(booster, background)
    return None


def explain():
    if engine == "xgboost":
        return state["booster"].predict(state["x"], pred_contribs=True)
    if engine == "lightgbm":
        return state["booster"].predict(state["x"], pred_contrib=True, num_threads=1)
    if engine == "woodelf":
        return state["explainer"].shap_values(state["x"], verbose=False)
    return state["explainer"].shap_values(state["x"], check_additivity=False)


def values(file):
    np.ascontiguousarray(np.asarray(explain())[:, :COLUMNS], "<f8").tofile(f"{folder}/{file}")
    return {}


def run(fresh=False):
    start = time.perf_counter()
    if fresh:
        state["explainer"] = build()
    explain()
    return {"seconds": time.perf_counter() - start}


def one(repeats):
    x, booster = state["x"], state["booster"]
    python = clock(lambda i: booster.predict(x[i : i + 1], pred_contrib=True, num_threads=1), repeats)
    return {"seconds": python, "native": native_one(repeats)}


def native_one(repeats):
    try:
        import ctypes
        call, out, length = lgb.basic._LIB.LGBM_BoosterPredictForMatSingleRow, np.zeros(COLUMNS + 1), ctypes.c_int64()
        handle, x = state["booster"]._handle, np.ascontiguousarray(state["x"])
        target, settings = out.ctypes.data_as(ctypes.POINTER(ctypes.c_double)), ctypes.c_char_p(b"num_threads=1")
        places = [ctypes.c_void_p(x[i].ctypes.data) for i in range(len(x))]
        work = lambda i: call(handle, places[i], 1, COLUMNS, 1, 3, 0, -1, settings, ctypes.byref(length), target)  # 1: float64, 3: contributions
        if work(0) != 0 or not np.allclose(out, state["booster"].predict(x[:1], pred_contrib=True)[0]):
            return None
        return clock(work, repeats)
    except Exception:
        return None


def clock(work, repeats):
    found = []
    for i in range(repeats):
        start = time.perf_counter()
        work(i % 100)
        found.append(time.perf_counter() - start)
    return float(np.median(found))


def version():
    if engine == "woodelf":
        from importlib.metadata import version as installed
        return {"version": installed("woodelf_explainer")}
    return {"version": library.__version__}


actions = {"train": train, "rows": rows, "open": open_model, "values": values, "run": run, "one": one, "version": version}
for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = actions[request.pop("do")](**request)
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"[:300]}
    print(json.dumps(answer), file=answers, flush=True)

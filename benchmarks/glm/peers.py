"""The Python peers, as a process that answers one JSON line with another.   python peers.py FOLDER

{"do": "versions"}                           what there is of them
{"do": "open", "data": ..., "response": ..., "useColumns": ..., "useFactors": ...}   reads rows that make-data.ts wrote
{"do": "fit", "engine": ..., "repeats": ...} fits a Poisson regression with log link; gives the mean seconds and the coefficients
{"do": "peak"}                               highest resident memory, bytes

Engines: "statsmodels" is GLM(...).fit(), its matrix with the column of ones made beforehand; "glum" the fit alone; "glumErrors" the fit with the
covariance matrix by the expected information, as `glm` of R and vitrine have it. Both of glum stop at a gradient of 1e-6, with 8 digits or more in
the coefficients: its default is 1e-4, and 1e-8 is below what it can tell apart once there are factors (it then goes on for 60 iterations)."""
import importlib, json, os, resource, sys, time, warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np  # noqa: E402  (after the thread settings)

warnings.simplefilter("ignore")
folder = sys.argv[1]
state = {}


def versions():
    found = {"python": sys.version.split()[0], "numpy": np.__version__}
    for name in ("glum", "statsmodels", "pandas"):
        try:
            found[name] = importlib.import_module(name).__version__
        except ImportError:
            pass
    return found


def open_data(data, response, useColumns, useFactors):
    n, p, levels = data["numRows"], data["numColumns"], data["levels"]
    read = lambda part, kind: np.fromfile(f"{folder}/{data['name']}.{part}", kind)
    state["y"] = read(response, "<f8")
    x = read("x", "<f8").reshape(p, n).T if useColumns else np.empty((n, 0))
    state["x"] = x
    state.pop("design", None)
    if useFactors:
        import pandas as pd
        codes = read("codes", "<i4").reshape(len(levels), n)
        columns = {f"x{j}": x[:, j] for j in range(x.shape[1])}
        for f, count in enumerate(levels):
            columns[f"f{f}"] = pd.Categorical.from_codes(codes[f], categories=[f"level {code}" for code in range(count)])
        state["x"] = pd.DataFrame(columns)
    return {}


def fit_glum(errors):
    from glum import GeneralizedLinearRegressor
    model = GeneralizedLinearRegressor(family="poisson", alpha=0, gradient_tol=1e-6, drop_first=True, robust=False, expected_information=True)
    model.fit(state["x"], state["y"], store_covariance_matrix=errors)
    return [float(model.intercept_)] + [float(value) for value in model.coef_]


def fit_statsmodels():
    import statsmodels.api as sm
    model = sm.GLM(state["y"], state["design"], family=sm.families.Poisson()).fit()
    return [float(value) for value in model.params]


engines = {"glum": lambda: fit_glum(False), "glumErrors": lambda: fit_glum(True), "statsmodels": fit_statsmodels}


def fit(engine, repeats):
    if engine == "statsmodels" and "design" not in state:
        state["design"] = np.column_stack([np.ones(len(state["y"])), state["x"]])
    start = time.perf_counter()
    for _ in range(repeats):
        coefficients = engines[engine]()
    return {"seconds": (time.perf_counter() - start) / repeats, "coefficients": coefficients}


def peak():
    return {"bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


actions = {"versions": versions, "open": open_data, "fit": fit, "peak": peak}
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(actions[request.pop("do")](**request)), flush=True)

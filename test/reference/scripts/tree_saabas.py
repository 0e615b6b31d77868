"""Saabas values of a committed model: XGBoost's own (approx_contribs), and shap's (approximate=True).

Run from the repository's root; writes test/reference/treeshap/saabas.json.
"""
import json
from pathlib import Path

import numpy as np
import shap
import xgboost as xgb

folder = Path("test/reference/treeshap")
cases = {}
for name in ["xgb_binary_nan_telco", "xgb_multiclass_wine"]:
    case = json.loads((folder / f"{name}.json").read_text())
    booster = xgb.Booster(model_file=str(folder / case["modelFile"]))
    X = np.array([[np.nan if x is None else float(x) for x in row] for row in case["X"][:10]])
    own = booster.predict(xgb.DMatrix(X, feature_names=booster.feature_names), pred_contribs=True, approx_contribs=True)
    own = own.reshape(len(X), -1, X.shape[1] + 1)
    cases[name] = {"library": own[:, :, :-1].tolist(), "libraryBias": own[0, :, -1].tolist()}
    try:
        theirs = shap.TreeExplainer(booster).shap_values(X, approximate=True)
        theirs = np.asarray(theirs)
        cases[name]["shap"] = (theirs[:, None, :] if theirs.ndim == 2 else np.moveaxis(theirs, -1, 1)).tolist()
    except Exception as error:
        cases[name]["shapError"] = f"{type(error).__name__}: {error}"
versions = {"xgboost": xgb.__version__, "shap": shap.__version__, "numpy": np.__version__}
call = "predict(pred_contribs=True, approx_contribs=True); TreeExplainer(booster).shap_values(X, approximate=True)"
out = {"script": "scripts/tree_saabas.py", "versions": versions, "call": call, "layout": "rows x outputs x features", "cases": cases}
(folder / "saabas.json").write_text(json.dumps(out))
for name, case in cases.items():
    print(name, np.shape(case["library"]), case.get("shapError"), np.abs(np.array(case.get("shap", 0)) - np.array(case["library"])).max())

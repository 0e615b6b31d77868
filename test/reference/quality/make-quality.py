"""Writes quality.json: values of model quality from scikit-learn, statsmodels, SciPy and the definitions in NumPy.

Run: python make-quality.py > quality.json
"""

import json
import platform

import numpy as np
import scipy
import sklearn
import statsmodels
import statsmodels.api as sm
from scipy.stats import ks_2samp
from sklearn import metrics
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(20240229)


def delong_by_definition(y, p):
    """DeLong et al. (1988), equations 4 to 6, over every pair of rows."""
    x, z = p[y == 1], p[y == 0]
    psi = (x[:, None] > z[None, :]) + 0.5 * (x[:, None] == z[None, :])
    variance = psi.mean(axis=1).var(ddof=1) / len(x) + psi.mean(axis=0).var(ddof=1) / len(z)
    return float(psi.mean()), float(np.sqrt(variance))


def make_binary():
    n = 150
    x = rng.normal(size=n)
    y = (rng.uniform(size=n) < 1 / (1 + np.exp(-(x - 0.7)))).astype(int)
    # Two decimals make ties; the predictions are too extreme and too high, so that there is something to recalibrate.
    p = np.clip(np.round(1 / (1 + np.exp(-(1.6 * x - 0.4))), 2), 0.01, 0.99)
    logit = np.log(p / (1 - p))
    free = sm.Logit(y, sm.add_constant(logit)).fit(disp=0, tol=1e-14, maxiter=200)
    shift = sm.GLM(y, np.ones((n, 1)), family=sm.families.Binomial(), offset=logit).fit(tol=1e-14, maxiter=200)
    area, error = delong_by_definition(y, p)
    fpr, tpr, thresholds = metrics.roc_curve(y, p, drop_intermediate=False)
    tn, fp, fn, tp = metrics.confusion_matrix(y, p >= 0.5).ravel()
    rate = np.full(n, y.mean())
    return {
        "response": y.tolist(),
        "predictions": p.tolist(),
        "rocAucScore": metrics.roc_auc_score(y, p),
        "delong": {"area": area, "standardError": error},
        "logLoss": metrics.log_loss(y, p),
        "logLossOfBaseRate": metrics.log_loss(y, rate),
        "brierScore": metrics.brier_score_loss(y, p),
        "brierScoreOfBaseRate": metrics.brier_score_loss(y, rate),
        "kolmogorovSmirnov": float(ks_2samp(p[y == 1], p[y == 0]).statistic),
        "roc": {"fpr": fpr[1:].tolist(), "tpr": tpr[1:].tolist(), "thresholds": thresholds[1:].tolist()},
        "recalibration": {
            "intercept": float(free.params[0]),
            "interceptError": float(free.bse[0]),
            "slope": float(free.params[1]),
            "slopeError": float(free.bse[1]),
            "inTheLarge": float(shift.params[0]),
            "inTheLargeError": float(shift.bse[0]),
        },
        "confusionAtHalf": {"tn": int(tn), "fp": int(fp), "fn": int(fn), "tp": int(tp)},
    }


def make_wilson():
    cases = [(0, 1), (1, 1), (0, 10), (1, 10), (5, 10), (10, 10), (3, 7), (37, 1000), (999, 1000)]
    return [[k, n, *map(float, proportion_confint(k, n, alpha=0.05, method="wilson"))] for k, n in cases]


def make_regression():
    n = 80
    predictions = np.round(rng.normal(50, 12, size=n), 1)
    response = np.round(predictions + rng.normal(1, 6, size=n), 1)
    mean = np.full(n, response.mean())
    return {
        "response": response.tolist(),
        "predictions": predictions.tolist(),
        "rmse": metrics.root_mean_squared_error(response, predictions),
        "mae": metrics.mean_absolute_error(response, predictions),
        "r2": metrics.r2_score(response, predictions),
        "meanError": float(np.mean(predictions - response)),
        "rmseOfMean": metrics.root_mean_squared_error(response, mean),
        "maeOfMean": metrics.mean_absolute_error(response, mean),
    }


def make_multiclass():
    n, k = 90, 3
    scores = np.round(rng.normal(size=(n, k)), 1)
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    y = np.array([rng.choice(k, p=row) for row in p])
    return {
        "numOutputs": k,
        "response": y.tolist(),
        "predictions": p.ravel().tolist(),
        "accuracy": metrics.accuracy_score(y, p.argmax(axis=1)),
        "logLoss": metrics.log_loss(y, p),
        "macroArea": metrics.roc_auc_score(y, p, multi_class="ovr", average="macro"),
        "confusion": metrics.confusion_matrix(y, p.argmax(axis=1)).tolist(),
        "recall": metrics.recall_score(y, p.argmax(axis=1), average=None).tolist(),
        "precision": metrics.precision_score(y, p.argmax(axis=1), average=None).tolist(),
    }


def make_count():
    n = 100
    mean = np.round(rng.gamma(2.0, 0.6, size=n) + 0.05, 3)
    y = rng.poisson(mean)
    return {
        "response": y.tolist(),
        "predictions": mean.tolist(),
        "meanPoissonDeviance": metrics.mean_poisson_deviance(y, mean),
        "devianceExplained": metrics.d2_tweedie_score(y, mean, power=1),
    }


print(
    json.dumps(
        {
            "provenance": {
                "script": "make-quality.py",
                "python": platform.python_version(),
                "numpy": np.__version__,
                "scipy": scipy.__version__,
                "scikit-learn": sklearn.__version__,
                "statsmodels": statsmodels.__version__,
            },
            "binary": make_binary(),
            "wilson": make_wilson(),
            "regression": make_regression(),
            "multiclass": make_multiclass(),
            "count": make_count(),
        },
        separators=(",", ":"),
    )
)

"""Writes a scikit-learn tree model as the JSON that vitrine's importSklearn reads.

    from vitrine_export import export
    export(model, "model.sk.json")

or, for a model that was saved with joblib.dump or pickle.dump (open only files that you trust: a pickle can run any code):

    python vitrine_export.py model.joblib model.sk.json

Needs scikit-learn 1.0 or newer and nothing else. Reads decision trees, random forests, extra trees, gradient boosting,
histogram gradient boosting and isolation forests, for one target or several.

The JSON is one object. Always: "estimator" (the class), "sklearn" (the version), "nFeatures", "trees"; with names of columns
"featureNames"; for classifiers "classes" (a list of one list a target). An infinity is the text "Infinity" or "-Infinity".
Each tree has one entry a node, the root first, in "children_left", "children_right" (-1 at leaves), "feature", "threshold",
"value", "missing_go_to_left", and
  trees of the tree module: "weighted_n_node_samples", "n_node_samples"; "value" is a list a node: one number a target,
    class after class for classifiers (shares that sum to 1). A row goes left when float32(x) <= threshold.
  histogram gradient boosting: "outputClass", "count", "left_categories" (the codes that go left; null at other nodes). A row goes left
    when x <= threshold. Codes count from 0 in the order of "categories" (of each column; null for numeric ones), or are the
    numbers in "knownCodes" (scikit-learn before 1.4). Missing and unknown categories go left where missing_go_to_left is 1.
and each estimator its own:
  forests and single trees: "aggregate": "mean".
  gradient boosting: "learning_rate", "init" (what sums start from), "numClass", "loss"; the trees of an iteration one after another.
  histogram gradient boosting: "baseline", "loss", "isCategorical", "categories", "knownCodes".
  isolation forests: "features" (the columns that each tree was given), "max_samples", "offset".
"""

import json
import sys

import numpy as np
import sklearn

FORESTS = (
    "DecisionTreeClassifier",
    "DecisionTreeRegressor",
    "ExtraTreeClassifier",
    "ExtraTreeRegressor",
    "RandomForestClassifier",
    "RandomForestRegressor",
    "ExtraTreesClassifier",
    "ExtraTreesRegressor",
)
BOOSTERS = ("GradientBoostingClassifier", "GradientBoostingRegressor")
HISTOGRAM_BOOSTERS = ("HistGradientBoostingClassifier", "HistGradientBoostingRegressor")
# Before 1.4 a leaf of a classifier held weights of classes instead of shares.
VERSION = tuple(int(part) for part in sklearn.__version__.split(".")[:2])


def export(model, path):
    """Writes a fitted scikit-learn model to the file `path`."""
    with open(path, "w", encoding="utf-8") as file:
        json.dump(to_json(model), file, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")


def to_json(model):
    """The same as plain dictionaries, lists, numbers and texts."""
    name = type(model).__name__
    if name in FORESTS:
        parts = forest(model)
    elif name in BOOSTERS:
        parts = boosting(model)
    elif name in HISTOGRAM_BOOSTERS:
        parts = histogram_boosting(model)
    elif name == "IsolationForest":
        parts = isolation_forest(model)
    elif hasattr(model, "best_estimator_"):
        raise TypeError(f"{name} holds a model: export model.best_estimator_.")
    elif hasattr(model, "steps"):
        raise TypeError(f"{name} prepares columns first: export model.steps[-1][1], and give vitrine the columns that this step sees.")
    else:
        raise TypeError(f"{name} is not a model of trees that vitrine reads: see the beginning of vitrine_export.py.")
    head = {"estimator": name, "sklearn": sklearn.__version__, "nFeatures": int(model.n_features_in_)}
    if hasattr(model, "feature_names_in_"):
        head["featureNames"] = [str(column) for column in model.feature_names_in_]
    if hasattr(model, "classes_"):
        targets = model.classes_ if isinstance(model.classes_, list) else [model.classes_]
        head["classes"] = [[plain(label) for label in labels] for labels in targets]
    return {**head, **parts}


def forest(model):
    members = model.estimators_ if hasattr(model, "estimators_") else [model]
    counts = None
    if hasattr(model, "classes_"):
        counts = [len(labels) for labels in (model.classes_ if isinstance(model.classes_, list) else [model.classes_])]
    return {"trees": [tree(member.tree_, counts) for member in members], "aggregate": "mean"}


def boosting(model):
    zeros = np.zeros((1, model.n_features_in_))
    if not (model.init_ == "zero" if isinstance(model.init_, str) else type(model.init_).__name__.startswith("Dummy")):
        raise TypeError("This model starts from another model's predictions (its parameter init), which vitrine does not read.")
    return {
        "trees": [tree(member.tree_) for stage in model.estimators_ for member in stage],
        "learning_rate": float(model.learning_rate),
        "init": model._raw_predict_init(zeros)[0].astype(float).tolist(),
        "numClass": int(model.estimators_.shape[1]),
        "order": "iteration-major, class-minor",
        "loss": loss_name(model.loss),
    }


def isolation_forest(model):
    return {
        "trees": [tree(member.tree_) for member in model.estimators_],
        "features": [[int(column) for column in columns] for columns in model.estimators_features_],
        "max_samples": int(model.max_samples_),
        "offset": float(model.offset_),
    }


def tree(fitted, class_counts=None):
    value = fitted.value
    if class_counts is None:
        value = value[:, :, 0]
    else:
        if VERSION < (1, 4):
            total = value.sum(axis=2, keepdims=True)
            value = value / np.where(total == 0, 1, total)
        value = np.concatenate([value[:, k, :count] for k, count in enumerate(class_counts)], axis=1)
    nodes = fitted.__getstate__()["nodes"]
    missing = nodes["missing_go_to_left"] if "missing_go_to_left" in nodes.dtype.names else np.zeros(len(nodes))
    return {
        "children_left": fitted.children_left.tolist(),
        "children_right": fitted.children_right.tolist(),
        "feature": fitted.feature.tolist(),
        "threshold": numbers(fitted.threshold),
        "value": value.tolist(),
        "weighted_n_node_samples": fitted.weighted_n_node_samples.tolist(),
        "n_node_samples": fitted.n_node_samples.tolist(),
        "missing_go_to_left": missing.astype(int).tolist(),
    }


def histogram_boosting(model):
    encoder = getattr(model, "_preprocessor", None)
    categorical = None if model.is_categorical_ is None else np.asarray(model.is_categorical_, dtype=bool)
    # The column that the trees call j: with an encoder, categorical columns stand first.
    columns = np.arange(model.n_features_in_)
    if encoder is not None:
        columns = np.concatenate([np.flatnonzero(categorical), np.flatnonzero(~categorical)])
    known, place = model._bin_mapper.make_known_categories_bitsets()
    categories = known_codes = None
    if categorical is not None:
        found = {int(column): bits(known[place[j]]) for j, column in enumerate(columns) if categorical[column]}
        if encoder is None:
            known_codes = [found.get(column) for column in range(len(columns))]
        else:
            lists = iter(encoder.named_transformers_["encoder"].categories_)
            categories = [[plain(level) for level in next(lists) if not is_missing(level)] if one else None for one in categorical]
    return {
        "trees": [
            histogram_tree(predictor, k, columns) for stage in model._predictors for k, predictor in enumerate(stage)
        ],
        "baseline": [float(x) for x in np.ravel(model._baseline_prediction)],
        "loss": loss_name(model.loss),
        "isCategorical": None if categorical is None else categorical.tolist(),
        "categories": categories,
        "knownCodes": known_codes,
    }


def histogram_tree(predictor, output, columns):
    nodes = predictor.nodes
    leaf = nodes["is_leaf"].astype(bool)
    listed = nodes["is_categorical"].astype(bool) & ~leaf
    sets = predictor.raw_left_cat_bitsets
    return {
        "outputClass": output,
        "children_left": np.where(leaf, -1, nodes["left"].astype(int)).tolist(),
        "children_right": np.where(leaf, -1, nodes["right"].astype(int)).tolist(),
        "feature": np.where(leaf, -1, columns[np.where(leaf, 0, nodes["feature_idx"])]).tolist(),
        "threshold": numbers(np.where(leaf | listed, 0.0, nodes["num_threshold"])),
        "value": nodes["value"].astype(float).tolist(),
        "count": nodes["count"].astype(float).tolist(),
        "missing_go_to_left": nodes["missing_go_to_left"].astype(int).tolist(),
        "left_categories": [bits(sets[node["bitset_idx"]]) if one else None for one, node in zip(listed, nodes)],
    }


def bits(words):
    """The positions of the bits that are set in words of 32."""
    return [32 * w + bit for w, word in enumerate(words) for bit in range(32) if (int(word) >> bit) & 1]


def loss_name(loss):
    return loss if isinstance(loss, str) else type(loss).__name__


def is_missing(level):
    return level is None or level != level or str(level) == "<NA>"


def numbers(values):
    """JSON knows no infinities."""
    return [float(x) if np.isfinite(x) else ("Infinity" if x > 0 else "-Infinity") for x in values]


def plain(label):
    label = label.item() if isinstance(label, np.generic) else label
    return label if isinstance(label, (str, bool, int, float)) else str(label)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python vitrine_export.py MODEL.joblib MODEL.sk.json")
    import joblib

    export(joblib.load(sys.argv[1]), sys.argv[2])

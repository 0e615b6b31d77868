"""Small ONNX models of trees, by converters and by hand, and what onnxruntime predicts with them.

    python test/reference/scripts/onnx_models.py test/reference/onnx

Made with onnx 1.23.2, onnxruntime 1.32.0, skl2onnx 1.20.0, onnxmltools 1.16.0, scikit-learn 1.9.1, LightGBM 4.7.0, XGBoost 3.2.0 and
CatBoost 1.2.10. Random numbers alone; no data set. Rows lie on, just below and just above thresholds too.
"""

import json
import math
import sys
import tempfile
import warnings
from pathlib import Path

import catboost
import lightgbm
import numpy as np
import onnx
import onnxmltools
import onnxruntime
import skl2onnx
import sklearn
import xgboost
from onnx import TensorProto, helper, numpy_helper
from onnxmltools.convert.common.data_types import FloatTensorType
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.tree import DecisionTreeRegressor

warnings.filterwarnings("ignore")
onnxruntime.set_default_logger_severity(4)
folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(20261125)
versions = {m.__name__: m.__version__ for m in (onnx, onnxruntime, skl2onnx, onnxmltools, sklearn, lightgbm, xgboost, catboost)}
cases = []


def plain(x):
    x = float(x)
    return x if math.isfinite(x) else None if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"


def rows_for(dtype, columns, thresholds, whole=()):
    """Random rows, and rows with one cell on or beside each threshold."""
    rows = rng.normal(size=(24, columns)).round(1).astype(dtype)
    rows[:, list(whole)] = rng.integers(-1, 8, size=(24, len(whole)))
    rows[rng.random(rows.shape) < 0.1] = np.nan
    beside = []
    for feature, value in thresholds:
        v = dtype(value)
        for x in (v, np.nextafter(v, dtype(np.inf)), np.nextafter(v, dtype(-np.inf)), -v):
            row = rows[rng.integers(24)].copy()
            row[feature] = x
            beside.append(row)
    beside = [beside[i] for i in rng.permutation(len(beside))[:40]]
    for j in range(columns):
        for x in (np.inf, -np.inf, 0.0, -0.0, np.nan, 2.5, 1e-40, 3e9):
            row = rows[rng.integers(24)].copy()
            row[j] = x
            beside.append(row)
    return np.vstack([rows, *beside]).astype(dtype)


def whole(rows, columns):
    """onnxruntime drops fractions before it looks for members; the standard does not."""
    rows[:, columns] = np.where(np.abs(rows[:, columns]) < 1e6, np.round(rows[:, columns]), 3)
    return rows


def write(name, model, rows, output=None, feed=None, note=""):
    data = model.SerializeToString()
    one_thread = onnxruntime.SessionOptions()
    one_thread.intra_op_num_threads = 1  # more add up parts of the trees apart
    session = onnxruntime.InferenceSession(data, one_thread, providers=["CPUExecutionProvider"])
    feed = feed or {session.get_inputs()[0].name: rows}
    found = dict(zip([o.name for o in session.get_outputs()], session.run(None, feed)))
    scores = found[output] if output else list(found.values())[-1]
    if isinstance(scores, list):
        scores = np.array([list(row.values()) for row in scores])
    scores = np.asarray(scores).reshape(len(rows), -1)
    (folder / f"{name}.onnx").write_bytes(data)
    case = {"name": name, "note": note, "output": output, "double": rows.dtype == np.float64}
    case["X"] = [[plain(x) for x in row] for row in rows]
    case["scores"] = [[plain(x) for x in row] for row in scores]
    cases.append(case)
    print(name, len(data), scores[0])


# --- converters -----------------------------------------------------------------------------------------------------------------
x = rng.normal(size=(200, 4)).round(1).astype(np.float32)
y = x[:, 0] + (x[:, 1] > 0) * x[:, 2] + rng.normal(size=200) * 0.1
two = (y > 0.2).astype(int)
three = np.array(["low", "mid", "top"])[np.digitize(y, [-0.5, 0.5])]
holes = np.where(rng.random(x.shape) < 0.1, np.nan, x).astype(np.float32)
cuts = [(j, v) for j in range(4) for v in (-0.95, -0.35, 0.05, 0.55)]


def splits_of(model):
    """(column, threshold) of the first tree operators."""
    found = []
    for node in model.graph.node:
        attributes = {a.name: a for a in node.attribute}
        if "nodes_featureids" not in attributes or "nodes_values" not in attributes:
            continue
        modes = [m.decode() for m in attributes["nodes_modes"].strings]
        found += [(f, v) for f, v, m in zip(attributes["nodes_featureids"].ints, attributes["nodes_values"].floats, modes) if m != "LEAF"]
    return found or cuts


def finite(rows):
    return np.where(np.isfinite(rows), rows, 0.3).astype(rows.dtype)


for name, estimator, target in [
    ("skl_forest_two", RandomForestClassifier(4, max_depth=3, random_state=1), two),
    ("skl_forest_three", RandomForestClassifier(4, max_depth=3, random_state=1), three),
    ("skl_forest_regressor", RandomForestRegressor(5, max_depth=3, random_state=1), y),
    ("skl_boosting_two", GradientBoostingClassifier(n_estimators=5, max_depth=2, random_state=1), two),
    ("skl_boosting_three", GradientBoostingClassifier(n_estimators=4, max_depth=2, random_state=1), three),
    ("skl_boosting_regressor", GradientBoostingRegressor(n_estimators=5, max_depth=2, random_state=1), y),
    ("skl_tree_two_targets", DecisionTreeRegressor(max_depth=3, random_state=1), np.c_[y, x[:, 3]]),
]:
    model = skl2onnx.to_onnx(estimator.fit(x, target), x[:1])
    write(name, model, rows_for(np.float32, 4, splits_of(model)))
forest = RandomForestClassifier(4, max_depth=3, random_state=1).fit(x, two)
write("skl_forest_two_no_zipmap", skl2onnx.to_onnx(forest, x[:1], options={"zipmap": False}), rows_for(np.float32, 4, cuts))
forest = RandomForestClassifier(4, max_depth=3, random_state=1).fit(x, three)
model = skl2onnx.to_onnx(forest, x[:1].astype(np.float64), target_opset={"": 17, "ai.onnx.ml": 3}, options={"zipmap": False})
write("skl_forest_double", model, rows_for(np.float64, 4, cuts))

kind = [("input", FloatTensorType([None, 4]))]
quiet = {"n_estimators": 4, "num_leaves": 5, "verbose": -1}
for name, estimator, target in [
    ("lgb_two", lightgbm.LGBMClassifier(**quiet), two),
    ("lgb_three", lightgbm.LGBMClassifier(**quiet), three),
    ("lgb_regressor", lightgbm.LGBMRegressor(**quiet), y),
    ("lgb_poisson", lightgbm.LGBMRegressor(objective="poisson", **quiet), np.abs(y)),
]:
    model = onnxmltools.convert_lightgbm(estimator.fit(holes, target), initial_types=kind, zipmap=name != "lgb_two")
    write(name, model, rows_for(np.float32, 4, splits_of(model)))
model = onnxmltools.convert_lightgbm(lightgbm.LGBMRegressor(**quiet).fit(holes, y), initial_types=kind, split=2)
write("lgb_split", model, rows_for(np.float32, 4, cuts), note="sums of two operators")
codes = np.c_[rng.integers(0, 6, 300), rng.normal(size=300).round(1), rng.integers(0, 4, 300)].astype(np.float32)
coded = (codes[:, 0] % 3 == 1) * 2 + codes[:, 1] + (codes[:, 2] == 2) + rng.normal(size=300) * 0.1
booster = lightgbm.train(
    {"objective": "regression", "num_leaves": 6, "verbose": -1, "min_data_per_group": 5, "cat_smooth": 1},
    lightgbm.Dataset(codes, coded, categorical_feature=[0, 2]), num_boost_round=4,
)
model = onnxmltools.convert_lightgbm(booster, initial_types=[("input", FloatTensorType([None, 3]))])
write("lgb_categories", model, rows_for(np.float32, 3, [(0, v) for v in range(6)], whole=(0, 2)), note="sets as chains of BRANCH_EQ")

for name, estimator, target in [
    ("xgb_two", xgboost.XGBClassifier(n_estimators=4, max_depth=3), two),
    ("xgb_three", xgboost.XGBClassifier(n_estimators=3, max_depth=3), np.digitize(y, [-0.5, 0.5])),
    ("xgb_regressor", xgboost.XGBRegressor(n_estimators=4, max_depth=3), y),
    ("xgb_poisson", xgboost.XGBRegressor(n_estimators=4, max_depth=3, objective="count:poisson"), np.abs(y)),
]:
    model = onnxmltools.convert_xgboost(estimator.fit(holes, target), initial_types=kind)
    write(name, model, rows_for(np.float32, 4, splits_of(model)))

with tempfile.TemporaryDirectory() as train:
    for name, estimator, target in [
        ("cat_two", catboost.CatBoostClassifier(iterations=4, depth=2, verbose=0, train_dir=train), two),
        ("cat_three", catboost.CatBoostClassifier(iterations=4, depth=2, verbose=0, train_dir=train), three),
        ("cat_regressor", catboost.CatBoostRegressor(iterations=4, depth=2, verbose=0, train_dir=train), y),
    ]:
        estimator.fit(x, target)
        estimator.save_model(f"{train}/model.onnx", format="onnx")
        model = onnx.load(f"{train}/model.onnx")
        del model.metadata_props[:]
        write(name, model, rows_for(np.float32, 4, splits_of(model)))

# --- by hand ----------------------------------------------------------------------------------------------------------------------
NUMERIC = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT"]
EQUAL = ["BRANCH_EQ", "BRANCH_NEQ"]
CODES = {name: code for code, name in enumerate([*NUMERIC, *EQUAL, "BRANCH_MEMBER"])}


def random_tree(depth, test_of):
    """Nested (mode, column, value, missing, true, false); a leaf is None."""
    if depth == 0 or rng.random() < 0.1:
        return None
    return (*test_of(), int(rng.random() < 0.4), random_tree(depth - 1, test_of), random_tree(depth - 1, test_of))


def numeric_test(modes):
    return lambda: (rng.choice(modes), int(rng.integers(3)), float(np.float32(rng.normal())))


def mixed_test():
    """Column 0: equality with whole numbers; 1: order and equality; 2: equality with fractions and order."""
    column = int(rng.integers(3))
    if column == 0:
        return (rng.choice(EQUAL), 0, float(rng.integers(0, 6)))
    value = float(np.float32(rng.choice([-1, 0, 1, 2]) if column == 1 else rng.choice([-0.5, 0.25, 0.5])))
    return (rng.choice(NUMERIC + EQUAL), column, value)


def legacy(operator, trees, targets, weight, inputs="X", outputs=("Y",), double=False, columns=3, target_of=None, **attributes):
    """A TreeEnsembleRegressor or TreeEnsembleClassifier; `weight(leaf, target)` gives the weights of leaves."""
    nodes = {key: [] for key in ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids", "missing_value_tracks_true")}
    leaves = {key: [] for key in ("treeids", "nodeids", "ids", "weights")}
    for t, root in enumerate(trees):
        stack, count = [(root, 0)], 1
        while stack:
            tree, i = stack.pop()
            test = ("LEAF", 0, 0.0, 0) if tree is None else tree[:4]
            true, false = (0, 0) if tree is None else (count, count + 1)
            for key, value in zip(nodes, (t, i, test[1], test[2], str(test[0]), true, false, test[3])):
                nodes[key].append(value)
            if tree is None:
                for k in (range(targets) if target_of is None else [target_of(t)]):
                    for key, value in zip(leaves, (t, i, k, weight(k))):
                        leaves[key].append(value)
            else:
                stack += [(tree[5], false), (tree[4], true)]
                count += 2
    prefix = "class" if operator.endswith("Classifier") else "target"
    given = {f"nodes_{key}": value for key, value in nodes.items()} | {f"{prefix}_{key}": value for key, value in leaves.items()} | attributes
    if double:
        for name in ("nodes_values", f"{prefix}_weights", "base_values"):
            if name in given:
                given[f"{name}_as_tensor"] = numpy_helper.from_array(np.array(given.pop(name), np.float64), name)
    return helper.make_node(operator, [inputs], list(outputs), domain="ai.onnx.ml", **given)


def modern(trees, targets, weight, dtype=np.float32, **attributes):
    """A TreeEnsemble of ai.onnx.ml 5; trees are as above, with lists as the values of members."""
    nodes, leaves, members, roots = [], [], [], []

    def leaf(t):
        leaves.append((t % targets, weight(0)))
        return (1, len(leaves) - 1)

    for t, root in enumerate(trees):
        roots.append(len(nodes))
        if root is None:
            nodes.append(["BRANCH_LEQ", 0, 0.0, 0, *(leaf(t),) * 2])
            continue
        stack = [(root, None, 0)]
        while stack:
            tree, parent, side = stack.pop()
            if tree is None:
                nodes[parent][side] = leaf(t)
                continue
            if parent is not None:
                nodes[parent][side] = (0, len(nodes))
            nodes.append([*tree[:4], None, None])
            stack += [(tree[5], len(nodes) - 1, 5), (tree[4], len(nodes) - 1, 4)]
    for node in nodes:
        if node[0] == "BRANCH_MEMBER":
            members += [*node[2], math.nan]
    tensor = lambda name, values, kind=dtype: numpy_helper.from_array(np.array(values, kind), name)  # noqa: E731
    if members:
        attributes["membership_values"] = tensor("membership_values", members)
    return helper.make_node(
        "TreeEnsemble", ["X"], ["Y"], domain="ai.onnx.ml", n_targets=targets, tree_roots=roots,
        nodes_modes=tensor("nodes_modes", [CODES[str(n[0])] for n in nodes], np.uint8),
        nodes_featureids=[n[1] for n in nodes],
        nodes_splits=tensor("nodes_splits", [0 if isinstance(n[2], list) else n[2] for n in nodes]),
        nodes_missing_value_tracks_true=[n[3] for n in nodes],
        nodes_trueleafs=[n[4][0] for n in nodes], nodes_truenodeids=[n[4][1] for n in nodes],
        nodes_falseleafs=[n[5][0] for n in nodes], nodes_falsenodeids=[n[5][1] for n in nodes],
        leaf_targetids=[i for i, _ in leaves], leaf_weights=tensor("leaf_weights", [w for _, w in leaves]), **attributes,
    )


def model_of(nodes, outputs, version=3, double=False, width=3, inputs=None, constants=()):
    kind = TensorProto.DOUBLE if double else TensorProto.FLOAT
    inputs = inputs or [helper.make_tensor_value_info("X", kind, [None, width])]
    graph = helper.make_graph(nodes, "trees", inputs, outputs, initializer=list(constants))
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", version)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def info(name, width, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, [None, width])


def values_of(trees):
    found, stack = [], list(trees)
    while stack:
        tree = stack.pop()
        if tree is not None:
            found += [(tree[1], v) for v in (tree[2] if isinstance(tree[2], list) else [tree[2]])]
            stack += tree[4:6]
    return found


normal = lambda _: float(np.float32(rng.normal()))  # noqa: E731
fraction = lambda _: float(np.float32(rng.uniform(0, 0.2)))  # noqa: E731
for name, modes in [("leq", NUMERIC[:1]), ("lt", NUMERIC[1:2]), ("gte", NUMERIC[2:3]), ("gt", NUMERIC[3:]), ("order", NUMERIC)]:
    for double in (False, True):
        trees = [random_tree(3, numeric_test(modes)) for _ in range(4)]
        node = legacy("TreeEnsembleRegressor", trees, 1, normal, double=double, n_targets=1, base_values=[0.3])
        rows = rows_for(np.float64 if double else np.float32, 3, values_of(trees))
        write(f"hand_{name}{'_double' if double else ''}", model_of([node], [info("Y", 1)], double=double), rows)
trees = [random_tree(4, mixed_test) for _ in range(4)]
node = legacy("TreeEnsembleRegressor", trees, 1, normal, n_targets=1)
write("hand_equality", model_of([node], [info("Y", 1)]), rows_for(np.float32, 3, values_of(trees), whole=(0, 1)))
trees = [random_tree(3, numeric_test(NUMERIC)) for _ in range(3)]
for name, targets, base, more in [
    ("average", 1, [0.25], {"aggregate_function": "AVERAGE"}),
    ("average_two", 2, [0.25, -0.5], {"aggregate_function": "AVERAGE"}),
    ("softmax", 3, [0.1, 0.2, 0.3], {"post_transform": "SOFTMAX"}),
    ("softmax_zero", 3, None, {"post_transform": "SOFTMAX_ZERO"}),
    ("logistic_two", 2, None, {"post_transform": "LOGISTIC"}),
    ("logistic_one", 1, None, {"post_transform": "LOGISTIC"}),
    ("probit", 1, [0.05], {"post_transform": "PROBIT", "weights": fraction}),
]:
    weight = more.pop("weights", normal)
    if base is not None:
        more["base_values"] = base
    if name == "softmax_zero":
        weight = lambda k: 0.0 if k == 1 else normal(k)  # noqa: E731
    node = legacy("TreeEnsembleRegressor", trees, targets, weight, n_targets=targets, **more)
    write(f"hand_{name}", model_of([node], [info("Y", targets)]), rows_for(np.float32, 3, values_of(trees)))
node = legacy("TreeEnsembleRegressor", trees[:1], 1, normal, n_targets=1, aggregate_function="MAX")
write("hand_max_of_one", model_of([node], [info("Y", 1)]), rows_for(np.float32, 3, values_of(trees[:1])))
for name, only, weight, more in [
    ("first_positive", 0, fraction, {}),
    ("first_mixed", 0, normal, {}),
    ("first_logistic", 0, normal, {"post_transform": "LOGISTIC", "base_values": [0.4]}),
    ("first_logistic_positive", 0, fraction, {"post_transform": "LOGISTIC"}),
    ("second", 1, normal, {}),
    ("second_logistic", 1, normal, {"post_transform": "LOGISTIC"}),
    ("second_softmax", 1, normal, {"post_transform": "SOFTMAX"}),
    ("both", None, normal, {}),
    ("both_softmax", None, normal, {"post_transform": "SOFTMAX"}),
    ("both_logistic", None, normal, {"post_transform": "LOGISTIC"}),
]:
    target_of = None if only is None else lambda _, only=only: only
    node = legacy("TreeEnsembleClassifier", trees, 2, weight, outputs=("L", "P"), target_of=target_of, classlabels_strings=["no", "yes"], **more)
    outputs = [info("L", 1, TensorProto.STRING), info("P", 2)]
    outputs[0] = helper.make_tensor_value_info("L", TensorProto.STRING, [None])
    write(f"hand_class_{name}", model_of([node], outputs), rows_for(np.float32, 3, values_of(trees)), output="P")


def member_test():
    column = int(rng.integers(3))
    if column == 0:
        return ("BRANCH_MEMBER", 0, sorted(float(v) for v in rng.choice(7, size=rng.integers(1, 5), replace=False)))
    if column == 1:
        return ("BRANCH_MEMBER", 1, [float(v) for v in rng.choice([-1, 0, 1, 2], size=2, replace=False)])
    return (rng.choice(NUMERIC), column, float(np.float32(rng.normal())))


for double in (False, True):
    dtype = np.float64 if double else np.float32
    kind = TensorProto.DOUBLE if double else TensorProto.FLOAT
    end = "_double" if double else ""
    trees = [random_tree(3, numeric_test(NUMERIC)) for _ in range(4)]
    write(f"v5_order{end}", model_of([modern(trees, 1, normal, dtype)], [info("Y", 1, kind)], 5, double), rows_for(dtype, 3, values_of(trees)))
    trees = [random_tree(3, member_test) for _ in range(4)]
    write(f"v5_member{end}", model_of([modern(trees, 1, normal, dtype)], [info("Y", 1, kind)], 5, double), whole(rows_for(dtype, 3, values_of(trees), whole=(0, 1)), [0, 1]))
trees = [random_tree(3, numeric_test(NUMERIC)) for _ in range(6)]
base = numpy_helper.from_array(np.array([[0.1, -0.2, 0.3]], np.float32), "base")
write(
    "v5_softmax", model_of([modern(trees, 3, normal), helper.make_node("Add", ["Y", "base"], ["sum"]), helper.make_node("Softmax", ["sum"], ["P"], axis=1)],
    [info("P", 3)], 5, constants=[base]), rows_for(np.float32, 3, values_of(trees)), note="an Add and a Softmax follow",
)
write("v5_average_one_leaf", model_of([modern([None, *trees[:2]], 1, normal, aggregate_function=0)], [info("Y", 1)], 5), rows_for(np.float32, 3, values_of(trees[:2])))

# Columns one by one, as pipelines have them.
trees = [random_tree(3, numeric_test(NUMERIC)) for _ in range(3)]
rows = rows_for(np.float32, 3, values_of(trees))
names = ["age", "income", "debt"]
model = model_of(
    [helper.make_node("Concat", names, ["X"], axis=1), legacy("TreeEnsembleRegressor", trees, 1, normal, n_targets=1)],
    [info("Y", 1)], inputs=[info(name, 1) for name in names],
)
write("hand_columns", model, rows, feed={name: rows[:, [j]] for j, name in enumerate(names)}, note="an input a column")
rows = rows_for(np.float64, 3, values_of(trees))
model = model_of(
    [helper.make_node("Cast", ["X"], ["cast"], to=TensorProto.FLOAT), legacy("TreeEnsembleRegressor", trees, 1, normal, inputs="cast", n_targets=1)],
    [info("Y", 1)], double=True,
)
write("hand_cast", model, rows, note="float64 cells that the graph rounds to float32")
node = legacy("TreeEnsembleClassifier", trees, 2, normal, outputs=("L", "P"), target_of=lambda _: 0, classlabels_int64s=[0, 1], post_transform="LOGISTIC")
model = model_of(
    [node, helper.make_node("ArrayFeatureExtractor", ["P", "one"], ["second"], domain="ai.onnx.ml")],
    [info("second", 1)], constants=[numpy_helper.from_array(np.array([1]), "one")],
)
write("hand_pick", model, rows_for(np.float32, 3, values_of(trees)), note="the probability of the second class alone")

(folder / "cases.json").write_text(json.dumps({"script": "test/reference/scripts/onnx_models.py", "versions": versions, "cases": cases}) + "\n")

"""Makes this folder's data and its boosted trees: tidies the Ames housing data, splits them, and trains a LightGBM model of the price.

    python train.py path/to/ames.csv

The input is the table `ames` of R's package modeldata written as CSV (2,930 sales in Ames, Iowa, 2006 to 2010; see README.md). Only sales at
arm's length between strangers are kept: others (foreclosures, sales within families, homes sold before they were finished) have prices of
another kind. The trees read the same columns as the additive model of main.js.
Needs lightgbm 4.7, pandas 3, numpy 2, scikit-learn 1.9."""
import json, sys
import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.metrics import mean_absolute_error, mean_gamma_deviance

wide = pd.read_csv(sys.argv[1]).query("Sale_Condition == 'Normal'")
# Two places with one and two sales are no neighbourhoods to learn from.
wide = wide[wide.groupby("Neighborhood")["Sale_Price"].transform("size") >= 5]

# column of modeldata -> (our name, label, unit)
NUMBERS = {
    "Sale_Price": ("price", "Price", "$"),
    "Gr_Liv_Area": ("living_area", "Living area", "sq ft"),
    "Lot_Area": ("lot_area", "Area of the lot", "sq ft"),
    "Total_Bsmt_SF": ("basement_area", "Area of the basement", "sq ft"),
    "Garage_Area": ("garage_area", "Area of the garage", "sq ft"),
    "Year_Built": ("year_built", "Year built", None),
    "Year_Remod_Add": ("year_remodelled", "Year remodelled, else built", None),
    "Fireplaces": ("fireplaces", "Fireplaces", None),
}
# Kilometres from the campus of the university, which lies in the middle of the town: one degree of latitude is 111.2 km.
CAMPUS = {"Longitude": -93.6465, "Latitude": 42.0267}
PLACES = {"east": ("East of the university", "km"), "north": ("North of the university", "km")}
# The same with {level of modeldata: our level}; the first level is the one that others are compared with.
FACTORS = {
    "Overall_Cond": ("condition", "Overall condition", {"Average": "average", "Very_Poor": "poor or worse", "Poor": "poor or worse", "Fair": "fair", "Below_Average": "below average", "Above_Average": "above average", "Good": "good", "Very_Good": "very good", "Excellent": "excellent"}),
    "Bldg_Type": ("building", "Kind of building", {"OneFam": "detached", "TwoFmCon": "converted to two homes", "Duplex": "duplex", "TwnhsE": "town house, end", "Twnhs": "town house, inside"}),
    "BsmtFin_Type_1": ("basement_finish", "Finish of the basement", {"Unf": "unfinished", "No_Basement": "no basement", "LwQ": "low quality", "Rec": "average recreation room", "BLQ": "below average living quarters", "ALQ": "average living quarters", "GLQ": "good living quarters"}),
    "Bsmt_Exposure": ("basement_light", "Walkout or garden walls of the basement", {"No": "none", "No_Basement": "none", "Mn": "little", "Av": "some", "Gd": "much"}),
    "Heating_QC": ("heating", "Quality of the heating", {"Typical": "typical", "Poor": "fair or poor", "Fair": "fair or poor", "Good": "good", "Excellent": "excellent"}),
}
tidy = pd.DataFrame({ours: wide[theirs] for theirs, (ours, _, _) in NUMBERS.items()})
for theirs, (ours, _, levels) in FACTORS.items():
    tidy[ours] = pd.Categorical(wide[theirs].map(levels), list(dict.fromkeys(levels.values())))
    assert tidy[ours].notna().all()
tidy["east"] = (111.2 * np.cos(np.radians(CAMPUS["Latitude"])) * (wide["Longitude"] - CAMPUS["Longitude"])).round(3)
tidy["north"] = (111.2 * (wide["Latitude"] - CAMPUS["Latitude"])).round(3)
tidy["neighbourhood"] = pd.Categorical(wide["Neighborhood"].str.replace("_", " "))

# Every third sale in the order of the table, which is that of the years, is kept for the report.
kept = np.arange(len(tidy)) % 3 == 2
train, test = tidy[~kept], tidy[kept]
features = [column for column in tidy.columns if column != "price"]
parameters = dict(objective="gamma", learning_rate=0.06, num_leaves=8, min_data_in_leaf=10, feature_fraction=0.5, bagging_fraction=0.8, bagging_freq=1,
                  lambda_l2=3.0, cat_l2=20.0, cat_smooth=20.0, max_cat_threshold=8, seed=1, deterministic=True, force_row_wise=True, num_threads=1, verbose=-1)
data = lgb.Dataset(train[features], train["price"], free_raw_data=False)
folds = lgb.cv(parameters | dict(metric="gamma_deviance"), data, 3000, nfold=5, stratified=False, callbacks=[lgb.early_stopping(100, verbose=False)], seed=1)
rounds = len(next(iter(folds.values())))
model = lgb.train(parameters, data, rounds)

model.save_model("trees.lgb.txt")
train.to_csv("train.csv", index=False)
test.to_csv("homes.csv", index=False)
dictionary = {ours: dict(label=label) | (dict(unit=unit) if unit else {}) for ours, label, unit in NUMBERS.values()}
dictionary |= {ours: dict(label=label) for ours, label, _ in FACTORS.values()} | dict(neighbourhood=dict(label="Neighbourhood"))
dictionary |= {ours: dict(label=label, unit=unit) for ours, (label, unit) in PLACES.items()}
json.dump(dictionary, open("dictionary.json", "w"), indent=2, ensure_ascii=False)
expected = model.predict(test[features])
json.dump(dict(lightgbm=lgb.__version__, rounds=rounds, predictions=list(expected)), open("expected.json", "w"))
print(f"{len(train)} and {len(test)} homes; {rounds} trees; held out: mean absolute error {mean_absolute_error(test['price'], expected):.0f}, "
      f"gamma deviance {mean_gamma_deviance(test['price'], expected):.5f}")

"""Makes this folder's data and model: tidies the German credit data, splits it, and trains a LightGBM classifier of default.

    python train.py path/to/german_credit.csv

The input is the table `GermanCredit` of R's caret package written as CSV (1,000 loans of a German bank around 1973 to 1975; see README.md).
Sex, marital status and nationality are kept in the data, for checks of fairness, and kept out of the model.
Needs lightgbm 4.7, pandas 3, scikit-learn 1.9."""
import json, sys
import lightgbm as lgb
import pandas as pd
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import train_test_split

wide = pd.read_csv(sys.argv[1])

# column of caret -> (our name, label, {level of caret: our level}). The words are those of the bank's own code table as corrected by Groemping
# (2019): the labels that came with the Statlog file are shifted or reversed in half of the columns. The order of levels is the table's.
FACTORS = {
    "CheckingAccountStatus": ("account_status", "Current account", {"lt.0": "none", "0.to.200": "overdrawn", "gt.200": "0 to 200 DM", "none": "over 200 DM or salary paid in"}),
    "CreditHistory": ("credit_history", "Credit history", {"NoCredit.AllPaid": "late payments in the past", "ThisBank.AllPaid": "loans at other banks", "PaidDuly": "no earlier loans, or all repaid", "Delay": "running loans paid on time", "Critical": "all loans at this bank repaid"}),
    "Purpose": ("purpose", "Purpose of the loan", {"UsedCar": "new car", "Furniture.Equipment": "used car", "Radio.Television": "furniture", "DomesticAppliance": "radio or television", "Repairs": "household appliances", "Education": "repairs", "Retraining": "holiday", "Business": "retraining", "Other": "business", "NewCar": "other"}),
    "SavingsAccountBonds": ("savings", "Savings", {"lt.100": "none known", "100.to.500": "under 100 DM", "500.to.1000": "100 to 500 DM", "gt.1000": "500 to 1,000 DM", "Unknown": "over 1,000 DM"}),
    "EmploymentDuration": ("employment", "Time in present job", {"Unemployed": "unemployed", "lt.1": "under 1 year", "1.to.4": "1 to 4 years", "4.to.7": "4 to 7 years", "gt.7": "over 7 years"}),
    "Personal": ("sex_and_status", "Sex and marital status", {"Male.Divorced.Seperated": "man, divorced or separated", "Female.NotSingle": "woman not single, or man single", "Male.Single": "man, married or widowed", "Male.Married.Widowed": "woman, single"}),
    "OtherDebtorsGuarantors": ("guarantor", "Co-applicant or guarantor", {"None": "none", "CoApplicant": "co-applicant", "Guarantor": "guarantor"}),
    "Property": ("property", "Most valuable property", {"RealEstate": "none known", "Insurance": "car or other", "CarOther": "building savings or life insurance", "Unknown": "real estate"}),
    "OtherInstallmentPlans": ("other_plans", "Other instalment plans", {"Bank": "at a bank", "Stores": "at stores", "None": "none"}),
    "Housing": ("housing", "Housing", {"Rent": "lives rent-free", "Own": "rents", "ForFree": "owns"}),
    "Job": ("job", "Job", {"UnemployedUnskilled": "unskilled, not resident", "UnskilledResident": "unskilled, resident", "SkilledEmployee": "skilled employee", "Management.SelfEmp.HighlyQualified": "manager or self-employed"}),
}
CODES = {
    "InstallmentRatePercentage": ("instalment_share", "Instalment as a share of income", {1: "35 % or more", 2: "25 to 35 %", 3: "20 to 25 %", 4: "under 20 %"}),
    "ResidenceDuration": ("residence", "Time at present address", {1: "under 1 year", 2: "1 to 4 years", 3: "4 to 7 years", 4: "over 7 years"}),
    "NumberExistingCredits": ("loans_here", "Loans at this bank so far", {1: "one", 2: "two or three", 3: "four or five", 4: "six or more"}),
    "NumberPeopleMaintenance": ("dependants", "People to provide for", {2: "three or more", 1: "up to two"}),
    "Telephone": ("telephone", "Telephone in own name", {1: "no", 0: "yes"}),
    "ForeignWorker": ("foreign_worker", "Foreign worker", {0: "yes", 1: "no"}),
}
NUMBERS = {
    "Duration": ("duration", "Duration of the loan", "months"),
    "Amount": ("amount", "Amount of the loan", "DM"),
    "Age": ("age", "Age", "years"),
}

tidy = pd.DataFrame({ours: wide[caret] for caret, (ours, _, _) in NUMBERS.items()})
for caret, (ours, _, levels) in FACTORS.items():
    columns = [c for c in wide.columns if c.startswith(f"{caret}.")]
    chosen = wide[columns].idxmax(axis=1).str.removeprefix(f"{caret}.").map(levels)
    assert (wide[columns].sum(axis=1) == 1).all() and chosen.notna().all()
    tidy[ours] = pd.Categorical(chosen, list(levels.values()))
for caret, (ours, _, levels) in CODES.items():
    tidy[ours] = pd.Categorical(wide[caret].map(levels), list(levels.values()))
    assert tidy[ours].notna().all()
tidy["defaulted"] = (wide["Class"] == "Bad").astype(int)

features = [c for c in tidy.columns if c not in ("sex_and_status", "foreign_worker", "defaulted")]
train, test = train_test_split(tidy, test_size=0.3, random_state=20261122, stratify=tidy["defaulted"])
parameters = dict(objective="binary", learning_rate=0.03, num_leaves=8, min_data_in_leaf=20, feature_fraction=0.5, bagging_fraction=0.8, bagging_freq=1,
                  lambda_l2=5.0, cat_l2=20.0, cat_smooth=20.0, max_cat_threshold=8, seed=1, deterministic=True, force_row_wise=True, num_threads=1, verbose=-1)
data = lgb.Dataset(train[features], train["defaulted"], free_raw_data=False)
folds = lgb.cv(parameters | dict(metric="binary_logloss"), data, 600, nfold=5, stratified=True, callbacks=[lgb.early_stopping(60, verbose=False)], seed=1)
rounds = len(folds["valid binary_logloss-mean"])
model = lgb.train(parameters, data, rounds)

model.save_model("model.lgb.txt")
train.to_csv("train.csv", index=False)
test.to_csv("applicants.csv", index=False)
dictionary = {ours: dict(label=label, unit=unit) for ours, label, unit in NUMBERS.values()}
dictionary |= {ours: dict(label=label) for ours, label, _ in [*FACTORS.values(), *CODES.values()]}
dictionary |= dict(defaulted=dict(label="Defaulted on the loan"))
json.dump(dictionary, open("dictionary.json", "w"), indent=2, ensure_ascii=False)
expected = model.predict(test[features])
json.dump(dict(lightgbm=lgb.__version__, rounds=rounds, predictions=list(expected), raw=list(model.predict(test[features], raw_score=True)),
               contributions=model.predict(test[features], pred_contrib=True).tolist()), open("expected.json", "w"))
print(f"{rounds} trees; held out: AUC {roc_auc_score(test['defaulted'], expected):.4f}, log loss {log_loss(test['defaulted'], expected):.4f}")

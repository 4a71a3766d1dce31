"""What scikit-learn's TfidfVectorizer and its one-against-rest logistic regression (liblinear) say of some texts: the reference of TextClassifierTest.

    pip install scikit-learn==1.9.1
    python3 bench/references/text_classifier.py judgement/classify/src/test/resources/text-classifier.json
"""
import json, sys, warnings

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_union

warnings.simplefilter("ignore")
TEXTS = [
    ("My card hasn't arrived yet, it's been 2 weeks!", 0), ("Where is my new card?", 0), ("the card   is late\tagain", 0), ("Wann kommt meine Karte? Größe XL", 0),
    ("I lost my card in the train.", 1), ("Someone stole my card", 1), ("stolen: wallet, card and keys", 1), ("MY CARD WAS STOLEN in Zürich", 1),
    ("What is the exchange rate for 1,000 USD?", 2), ("exchange rates of the euro", 2), ("is your rate better than the bank's rate", 2), ("rate rate rate", 2),
    ("私のカード 🙂 は x² どこ", 3), ("a b c I O", 3), ("snake_case and under_scores", 3), ("", 3)]
ASKED = ["when will the card arrive", "my card got stolen!!", "EXCHANGE RATE", "qqq zzz", "snake_case 🙂 x²", "a"]
known, labels = [text for text, _ in TEXTS], [label for _, label in TEXTS]
parts = {"words": TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2)), "characters": TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(3, 5))}
weights = {}
for name, part in parts.items():
    rows, terms = part.fit_transform(known), part.get_feature_names_out()
    weights[name] = [{terms[at]: value for at, value in zip(row.indices.tolist(), row.data.tolist())} for row in rows]
union = make_union(*parts.values())
model = OneVsRestClassifier(LogisticRegression(C=10, solver="liblinear", tol=1e-8, max_iter=10000)).fit(union.fit_transform(known), labels)
result = {"by": f"scikit-learn {sklearn.__version__}", "texts": known, "labels": labels, "weights": weights, "asked": ASKED, "strength": 10,
          "probabilities": model.predict_proba(union.transform(ASKED)).tolist()}
with open(sys.argv[1], "w") as out:
    json.dump(result, out, ensure_ascii=False)
    out.write("\n")

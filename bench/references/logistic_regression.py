"""What scikit-learn's LogisticRegression (lbfgs, multinomial, L2) learns from a small set of rows: the reference of LogisticRegressionTest.

    pip install scikit-learn==1.9.1
    python3 bench/references/logistic_regression.py judgement/classify/src/test/resources/logistic-regression.json
"""
import json, sys

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression

random = numpy.random.default_rng(7)
CLASSES, DIMENSION, ROWS = 4, 6, 60
middles = random.normal(size=(CLASSES, DIMENSION))
labels = random.integers(0, CLASSES, ROWS)
vectors = (middles[labels] + 0.9 * random.normal(size=(ROWS, DIMENSION))).astype(numpy.float32)
vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
asked = random.normal(size=(5, DIMENSION)).astype(numpy.float32)
asked /= numpy.linalg.norm(asked, axis=1, keepdims=True)
learned = []
for strength in (0.1, 1.0, 100.0):
    model = LogisticRegression(C=strength, tol=1e-9, max_iter=10000).fit(vectors.astype(float), labels)
    learned.append({"strength": strength, "log_probabilities": model.predict_log_proba(asked.astype(float)).tolist()})
with open(sys.argv[1], "w") as out:
    json.dump({"by": f"scikit-learn {sklearn.__version__}", "vectors": vectors.tolist(), "labels": labels.tolist(), "asked": asked.tolist(),
               "learned": learned}, out)
    out.write("\n")

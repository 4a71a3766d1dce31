"""What scikit-learn's LogisticRegression with C = 1 on standardized features says of a small set of rows: the reference of LogisticScalingTest.

    pip install scikit-learn==1.9.1
    python3 bench/references/logistic_scaling.py judgement/classify/src/test/resources/logistic-scaling.json
"""
import json, sys

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

random = numpy.random.default_rng(11)
fits = random.random(80) < 0.8
features = numpy.stack([random.normal(2 + 2 * fits, 1.5), random.normal(0.5 + 0.2 * fits, 0.15), numpy.full(80, 3.0)], 1)
asked = random.normal(size=(6, 3)) * [2, 0.2, 0] + [3, 0.6, 3]
scaler = StandardScaler().fit(features)
model = LogisticRegression(C=1, tol=1e-12, max_iter=10000).fit(scaler.transform(features), fits)
with open(sys.argv[1], "w") as out:
    json.dump({"by": f"scikit-learn {sklearn.__version__}", "features": features.tolist(), "is": fits.tolist(), "asked": asked.tolist(),
               "probabilities": model.predict_proba(scaler.transform(asked))[:, 1].tolist()}, out)
    out.write("\n")

"""cleanlab's scores of out-of-fold probabilities, one JSON line: how low they rank the rows whose label is wrong. Needs cleanlab (2.9.0 here).

usage: cleanlab_scores.py PROBABILITIES LABELS RIGHT_LABELS
  PROBABILITIES  64-bit numbers, little-endian, rows × labels in the labels' order, as `sartor bench wrong-labels --probabilities-out` writes them
"""
import json, sys, warnings

import cleanlab
import numpy
from cleanlab.count import num_label_issues
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores

warnings.simplefilter("ignore")
given, right = (open(path, encoding="utf-8").read().split("\n")[:-1] for path in sys.argv[2:4])
names = sorted(set(given))
labels = numpy.array([names.index(label) for label in given])
wrong = numpy.array([a != b for a, b in zip(given, right)])
probabilities = numpy.fromfile(sys.argv[1], "<f8").reshape(len(given), len(names))


def average_precision(scores):
    hits = wrong[numpy.argsort(scores, kind="stable")]
    return round(float((numpy.cumsum(hits)[hits] / (numpy.flatnonzero(hits) + 1)).mean()), 5)


ranked = {}
for method in ("self_confidence", "normalized_margin", "confidence_weighted_entropy"):
    ranked[method] = average_precision(get_label_quality_scores(labels, probabilities, method=method))
    if method != "confidence_weighted_entropy":
        ranked[method + "_adjusted"] = average_precision(get_label_quality_scores(labels, probabilities, method=method, adjust_pred_probs=True))
found = {}
for by in ("prune_by_class", "prune_by_noise_rate", "both", "confident_learning"):
    issues = find_label_issues(labels, probabilities, filter_by=by, n_jobs=1)
    found[by] = {"found": int(issues.sum()), "precision": round(float(wrong[issues].mean()) if issues.any() else 0, 4), "recall": round(float(issues[wrong].mean()), 4)}
print(json.dumps({"version": cleanlab.__version__, "average_precision": ranked, "found": found, "expected_wrong": int(num_label_issues(labels, probabilities))}))

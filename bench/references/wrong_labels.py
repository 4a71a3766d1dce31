"""What cleanlab says of a small set of probabilities and labels: the reference of ConfidentJointTest, PruningTest and LabelScoreTest.

    pip install cleanlab==2.9.0
    python3 bench/references/wrong_labels.py judgement/curate/src/test/resources/wrong-labels.json
"""
import json, sys, warnings

import cleanlab
import numpy
from cleanlab.count import compute_confident_joint, get_confident_thresholds
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores

warnings.simplefilter("ignore")
random = numpy.random.default_rng(11)
CLASSES, ROWS = 5, 240
right = random.choice(CLASSES, ROWS, p=[0.35, 0.25, 0.2, 0.15, 0.05])
logits = random.normal(size=(ROWS, CLASSES)) + 2.5 * numpy.eye(CLASSES)[right]
probabilities = numpy.round(numpy.exp(logits) / numpy.exp(logits).sum(1, keepdims=True), 6)
probabilities /= probabilities.sum(1, keepdims=True)
given = numpy.where(random.random(ROWS) < 0.15, random.integers(0, CLASSES, ROWS), right)
prunings = {"by_class": "prune_by_class", "by_noise_rate": "prune_by_noise_rate", "both": "both", "off_diagonal": "confident_learning"}
scores = {"self_confidence": "self_confidence", "normalised_margin": "normalized_margin", "confidence_weighted_entropy": "confidence_weighted_entropy"}
with open(sys.argv[1], "w") as out:
    json.dump({
        "by": f"cleanlab {cleanlab.__version__}", "given": given.tolist(), "probabilities": probabilities.tolist(),
        "thresholds": get_confident_thresholds(given, probabilities).tolist(),
        "joint": compute_confident_joint(given, probabilities).tolist(),
        "pruned": {ours: numpy.flatnonzero(find_label_issues(given, probabilities, filter_by=theirs, n_jobs=1)).tolist() for ours, theirs in prunings.items()},
        "scores": {ours: get_label_quality_scores(given, probabilities, method=theirs).tolist() for ours, theirs in scores.items()},
    }, out)
    out.write("\n")

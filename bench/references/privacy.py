"""What scikit-learn, scipy and numpy make of the scores that the room privacy computes with: its tests hold themselves against the output.

usage: privacy.py judgement/privacy/src/test/resources/privacy/reference.json
DeLong's variance is written out from the paper (Biometrics 44, 1988, 837), as neither library has it.
"""
import json, sys

import numpy as np
from scipy import stats
from sklearn.metrics import roc_auc_score, roc_curve

random = np.random.default_rng(49)


def delong(positives, negatives):
    pairs = (positives[:, None] > negatives[None, :]) + 0.5 * (positives[:, None] == negatives[None, :])
    by_positive, by_negative = pairs.mean(1), pairs.mean(0)
    deviation = np.sqrt(by_positive.var(ddof=1) / len(positives) + by_negative.var(ddof=1) / len(negatives))
    area, z = pairs.mean(), stats.norm.ppf(0.975)
    return [max(0, area - z * deviation), min(1, area + z * deviation)]


def areas(positives, negatives):
    labels = np.r_[np.ones(len(positives)), np.zeros(len(negatives))]
    scores = np.r_[positives, negatives]
    false, true, _ = roc_curve(labels, scores, drop_intermediate=False)
    return {"positives": positives.tolist(), "negatives": negatives.tolist(), "auc": roc_auc_score(labels, scores), "delong": delong(positives, negatives),
            "true_positives": true[false <= 0.01 + 1e-12].max(),
            "p": stats.norm.sf((roc_auc_score(labels, scores) - 0.5) / np.sqrt((len(positives) + len(negatives) + 1) / (12 * len(positives) * len(negatives))))}


def row(tokens, vocabulary):
    """Min-K%++ from whole distributions, as its authors' code has it: mu and sigma over the vocabulary, the least 20 % of the tokens."""
    logits = random.normal(size=(tokens, vocabulary)) * 3
    logs = logits - np.log(np.exp(logits).sum(1, keepdims=True))
    chosen = random.integers(0, vocabulary, tokens)
    mean = (np.exp(logs) * logs).sum(1)
    deviation = np.sqrt((np.exp(logs) * logs ** 2).sum(1) - mean ** 2)
    picked = logs[np.arange(tokens), chosen]
    scores = np.sort((picked - mean) / deviation)[:max(1, int(0.2 * tokens))]
    return {"logits": logits.tolist(), "ids": chosen.tolist(), "chosen": picked.tolist(), "mean": mean.tolist(), "deviation": deviation.tolist(),
            "min_k_plus_plus": scores.mean(), "loss": picked.mean()}


def lira(count):
    target, references = -random.exponential(1, count), -random.exponential(1, (count, 3))
    phi = lambda log: log - np.log(-np.expm1(log))
    deviation = np.sqrt(phi(references).var(axis=1, ddof=1).mean())
    return {"target": target.tolist(), "references": references.tolist(), "deviation": deviation,
            "scores": ((phi(target) - phi(references).mean(1)) / deviation).tolist()}


def exposure(count):
    likelihoods = random.normal(size=count)
    likelihoods[0] = 1.5
    rank = int((likelihoods >= likelihoods[0]).sum())
    return {"likelihoods": likelihoods.tolist(), "rank": rank, "bits": np.log2(count) - np.log2(rank)}


p = [0.5, 0.012, 0.3, 0.001]
written = {
    "areas": [areas(random.normal(0.6, 1, 60), random.normal(0, 1, 45)),
              areas(np.round(random.normal(0.3, 1, 250), 1), np.round(random.normal(0, 1, 200), 1))],
    "rows": [row(12, 30), row(3, 30)],
    "lira": lira(20), "exposure": exposure(200),
    "combined": {"p": p, "value": stats.combine_pvalues(p).pvalue},
    "more_often": [{"table": [hits, count, other, others], "value": stats.fisher_exact([[hits, count - hits], [other, others - other]], alternative="greater").pvalue}
                   for hits, count, other, others in ((9, 100, 1, 100), (0, 50, 0, 50), (30, 100, 2, 80))],
}
with open(sys.argv[1], "w") as to:
    json.dump(written, to, indent=1)
    to.write("\n")

"""Writes more.json: metrics and statistics by the field's own libraries, on harder cases than metrics.json and statistics.json.

Needs: numpy scipy scikit-learn sacrebleu rouge-score. Usage: more.py > more.json
"""
import json, random, re, string, sys
from collections import Counter
import numpy as np, sacrebleu, scipy.stats as st
from rouge_score import rouge_scorer
from sklearn.metrics import f1_score, matthews_corrcoef

R = random.Random(11)
RNG = np.random.default_rng(11)
WORDS = ["the", "A", "an", "cat", "Dog's", "naïve", "東京", "12,5", "1.5", "3-4", "x-y", "end.", "&amp;", "&lt;b&gt;", "&quot;", "<skipped>", "(hi)",
         "İstanbul", "straße", "$5", "50%", "…", "«oui»", "a\u0301", "the\u00a0cat", "\u2028", "-\n", "\n", "\t", "_the_", "a1", "٣", "²", "👍", "U.S.", "o'clock", "Ωmega"]


def squad_words(text):
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", text).split()


def squad(answer, references):
    def f1(a, b):
        if not a or not b:
            return float(a == b)
        same = sum((Counter(a) & Counter(b)).values())
        p, r = same / len(a), same / len(b)
        return 2 * p * r / (p + r) if same else 0.0
    a = squad_words(answer)
    return float(any(a == squad_words(r) for r in references)), max(f1(a, squad_words(r)) for r in references)


def text(most):
    return " ".join(R.choice(WORDS) for _ in range(R.randint(0, most)))


def texts():
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=False)
    rows = []
    for i in range(120):
        references = [text(9) or "x" for _ in range(R.choice([1, 1, 2, 3]))]
        base = R.choice(references).split(" ")
        answer = " ".join([w for w in base if R.random() > .3] + [R.choice(WORDS) for _ in range(R.randint(0, 2))])
        em, f1 = squad(answer, references)
        rouge = scorer.score_multi(references, answer)
        rows.append({"answer": answer, "references": references, "bleu": sacrebleu.sentence_bleu(answer, references).score,
                     "chrf": sacrebleu.sentence_chrf(answer, references).score, "exact_match": em, "token_f1": f1,
                     **{k: v.fmeasure for k, v in rouge.items()}})
    width = max(len(r["references"]) for r in rows)
    streams = [[(r["references"] + [None] * width)[i] for r in rows] for i in range(width)]
    answers = [r["answer"] for r in rows]
    return {"rows": rows, "corpus_bleu": sacrebleu.corpus_bleu(answers, streams).score, "corpus_chrf": sacrebleu.corpus_chrf(answers, streams).score}


def classes():
    labels = ["card", "fee", "refund", "pin", "unused"]
    y = [R.choice(labels[:4]) for _ in range(150)]
    z = [v if R.random() > .35 else R.choice(labels[:4] + ["I think it is card"]) for v in y]
    met = sorted(set(y) | (set(z) & set(labels)))
    def f1(rows):
        rows = np.asarray(rows, int)
        a, b = np.array(y)[rows], np.array(z)[rows]
        return f1_score(a, b, average="macro", labels=sorted(set(a) | (set(b) & set(labels))), zero_division=0)
    interval = st.bootstrap((np.arange(len(y)),), f1, method="percentile", vectorized=False, n_resamples=3000, rng=5).confidence_interval
    w = [v if R.random() > .5 else R.choice(labels[:4]) for v in y]
    def difference(a, b):
        a, b = np.asarray(a), np.asarray(b)
        return f1_score(y, a, average="macro") - f1_score(y, b, average="macro")
    z2 = [v if v in labels else "card" for v in z]
    codes = {l: i for i, l in enumerate(labels)}
    y_code, a, b = ([codes[v] for v in s] for s in (y, z2, w))
    def coded(p, q):
        return f1_score(y_code, np.asarray(p, int), average="macro") - f1_score(y_code, np.asarray(q, int), average="macro")
    p = st.permutation_test((a, b), coded, permutation_type="samples", vectorized=False, n_resamples=3000, rng=5).pvalue
    return {"labels": labels, "reference": y, "answer": z, "macro_f1_of_labels": f1_score(y, z, average="macro", labels=met, zero_division=0),
            "macro_f1_of_all": f1_score(y, z, average="macro", zero_division=0), "matthews": matthews_corrcoef(y, z),
            "macro_f1_interval": list(interval), "other": w, "without_errors": z2, "difference": coded(a, b), "difference_p": p}


def newcombe(e, f, g, h):
    """Newcombe 1998 (Statistics in Medicine 17:2635), method 10: e both, f first alone, g second alone, h neither."""
    n = e + f + g + h
    def wilson(k):
        return st.binomtest(k, n).proportion_ci(.95, "wilson")
    p1, p2 = (e + f) / n, (e + g) / n
    (l1, u1), (l2, u2) = wilson(e + f), wilson(e + g)
    margins = (e + f) * (g + h) * (e + g) * (f + h)
    phi = 0.0
    if margins:
        product = e * h - f * g
        phi = (max(product - n / 2, 0) if product > 0 else product) / np.sqrt(margins)
    below = np.sqrt((p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2)
    above = np.sqrt((u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2)
    return [float(p1 - p2 - below), float(p1 - p2 + above)]


def shares():
    tables = [(36, 12, 2, 0), (20, 12, 2, 16), (180, 30, 20, 20), (50, 0, 0, 0), (25, 0, 0, 25), (0, 10, 5, 0), (1, 0, 0, 0), (3, 9, 1, 30), (100, 5, 5, 140)]
    return [{"table": t, "interval": newcombe(*t), "p": float(st.binomtest(t[1], t[1] + t[2]).pvalue) if t[1] + t[2] else 1.0} for t in tables]


def signed_ranks():
    cases = []
    for n, values in [(8, 4), (13, 5), (13, 100000), (14, 5), (50, 100000), (51, 100000), (60, 3), (120, 11), (250, 4)]:
        a, b = RNG.integers(0, values, n) / values, RNG.integers(0, values, n) / values
        b = np.where(RNG.random(n) < .4, a, b) if values < 1000 else b
        a = np.minimum(1, a + (RNG.random(n) < .2) * .25)
        cases.append({"a": a.tolist(), "b": b.tolist(), "wilcoxon": float(st.wilcoxon(a, b).pvalue), "t": float(st.ttest_rel(a, b).pvalue)})
    return cases


def bootstraps():
    cases = []
    for n in [30, 120, 250]:
        a = np.round(RNG.beta(.5, .5, n), 3)
        b = np.round(np.clip(a + RNG.normal(-.05, .3, n), 0, 1), 3)
        def interval(x):
            return list(st.bootstrap((x,), np.mean, method="percentile", n_resamples=200000, batch=2000, rng=5).confidence_interval)
        cases.append({"a": a.tolist(), "b": b.tolist(), "mean": interval(a), "difference": interval(a - b)})
    return cases


json.dump({"texts": texts(), "classes": classes(), "shares": shares(), "signed_ranks": signed_ranks(), "bootstraps": bootstraps()}, sys.stdout,
          ensure_ascii=True, separators=(",", ":"))

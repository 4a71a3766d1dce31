"""Trains the weights by which `sartor data make` tells right pairs from wrong ones: a multinomial logistic regression on what it measures of a pair.

usage: train_pair_faults.py SARTOR XQUAD_JSON [--out FILE] [--work FOLDER] [--table]
  XQUAD_JSON   SQuAD's JSON: 240 paragraphs, which bench/pairs/xquad.jsonl speaks of
  --work       keeps the measured pairs there, and does not measure again what is there
  --table      prints precision and recall on pairs that were held out, and writes no weights
Right and wrong pairs were written by hand: on XQuAD (bench/pairs/xquad.jsonl, right ones drawn from it) and on the guides in docs/ as they were (bench/pairs/docs.jsonl). The strength of the
penalty, and what is held out, go by ten folds. Pairs of other documents (bench/pairs/helpdesk.jsonl, bench/data_make.py) take no part. A copy is told by a rule, and what that takes for one is
not learned from. Needs scikit-learn. Writes judgement/synthesis/src/main/resources/dev/sartor/synthesis/check/pair-faults.json.
"""
import argparse, collections, json, tarfile, tempfile
from pathlib import Path

import common

RIGHT = "right"
FAULTS = ["answer_elsewhere", "half_answer", "needs_another_passage", "unanswerable"]
WEIGHTS = common.ROOT / "judgement/synthesis/src/main/resources/dev/sartor/synthesis/check/pair-faults.json"
PAIRS = common.ROOT / "bench/pairs"
DOCS_AT = "fd89bcac"
"""The commit whose docs/ the pairs speak of."""
STRENGTHS = (.003, .01, .03, .1, .3)


def project(folder, chunk_tokens):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "test.jsonl").write_text('{"prompt": "Who?", "completion": "Nobody."}\n')
    (folder / "sartor.yaml").write_text(f"name: pairs\napproaches: [zero-shot]\nretrieval: {{chunk_tokens: {chunk_tokens}}}\n"
                                        "tasks:\n  - {name: answer, instruction: Answer., test: test.jsonl}\n")
    return folder


def measured(sartor, folder, documents, pairs):
    if not (folder / "out" / "checked.jsonl").exists():
        given = folder / "pairs.jsonl"
        common.write_lines(given, pairs)
        common.sartor(sartor, "data", "make", *documents, "--public", "--project", folder, "--pairs", given, "--out", folder / "out")
    return [each for each in common.lines(folder / "out" / "checked.jsonl") if each["features"] and each.get("found_fault") != "copy" and each["fault"] != "copy"]


def of_xquad(sartor, folder, xquad):
    paragraphs = [(article["title"].replace("_", " "), paragraph["context"]) for article in json.loads(Path(xquad).read_text())["data"] for paragraph in article["paragraphs"]]
    rows = project(folder, 1000) / "paragraphs.jsonl"
    common.write_lines(rows, [{"id": f"p{number:03}", "title": title, "text": text} for number, (title, text) in enumerate(paragraphs)])
    return measured(sartor, folder, [rows], [each | {"document": f"p{each['paragraph']:03}"} for each in common.lines(PAIRS / "xquad.jsonl")])


def of_docs(sartor, folder):
    project(folder, 120)
    common.run("git", "-C", common.ROOT, "archive", "--format=tar", f"--output={folder / 'docs.tar'}", DOCS_AT, "docs")
    with tarfile.open(folder / "docs.tar") as tar:
        tar.extractall(folder, filter="data")
    return measured(sartor, folder, [folder / "docs"], common.lines(PAIRS / "docs.jsonl"))


def label(each):
    return each["fault"] or RIGHT


def fitted(rows, names, strength):
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler
    labels = [label(each) for each in rows]
    counts = collections.Counter(labels)
    # Right ones weigh as much as all wrong ones together, and each fault as much as another.
    weights = [(len(FAULTS) if each == RIGHT else 1) / counts[each] for each in labels]
    vectors = [[each["features"][name] for name in names] for each in rows]
    scaler = StandardScaler().fit(vectors)
    scale = len(rows) / sum(weights)
    return scaler, LogisticRegression(C=strength, max_iter=5000).fit(scaler.transform(vectors), labels, sample_weight=[scale * each for each in weights])


def held_out(rows, names, strength):
    """Of each row, how probably it is right by what was learned from the other folds."""
    from sklearn.model_selection import StratifiedKFold
    found = [0.0] * len(rows)
    for known, held in StratifiedKFold(10, shuffle=True, random_state=1).split(rows, [label(each) for each in rows]):
        scaler, regression = fitted([rows[i] for i in known], names, strength)
        told = regression.predict_proba(scaler.transform([[rows[i]["features"][name] for name in names] for i in held]))
        for i, probabilities in zip(held, told):
            found[i] = float(probabilities[list(regression.classes_).index(RIGHT)])
    return found


def auroc(found, rows):
    right, wrong = ([p for p, each in zip(found, rows) if (label(each) == RIGHT) == want] for want in (True, False))
    return sum(p > q for p in right for q in wrong) / (len(right) * len(wrong))


def table(found, rows):
    """As if there were as many right pairs as wrong ones."""
    right, wrong = ([p for p, each in zip(found, rows) if (label(each) == RIGHT) == want] for want in (True, False))
    lines = []
    for least in (.3, .4, .5, .6, .7, .8, .9):
        recall, passed = (sum(p >= least for p in some) / len(some) for some in (right, wrong))
        lines.append({"least": least, "recall": round(recall, 4), "precision": round(recall / max(1e-9, recall + passed), 4)})
    return lines


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("sartor"), a.add_argument("xquad"), a.add_argument("--out", type=Path, default=WEIGHTS), a.add_argument("--work", type=Path)
    a.add_argument("--table", action="store_true")
    a = a.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (a.work or Path(scratch)).resolve()
        rows = of_xquad(a.sartor, folder / "xquad", a.xquad) + of_docs(a.sartor, folder / "docs")
    names = list(rows[0]["features"])
    print(collections.Counter(map(label, rows)))
    trials = {strength: held_out(rows, names, strength) for strength in STRENGTHS}
    best = max(STRENGTHS, key=lambda strength: auroc(trials[strength], rows))
    for strength in STRENGTHS:
        print(json.dumps({"strength": strength, "auroc": round(auroc(trials[strength], rows), 4)}))
    for line in table(trials[best], rows):
        print(json.dumps(line))
    if a.table:
        return
    scaler, regression = fitted(rows, names, best)
    common.write(a.out, {
        "made_by": "bench/train_pair_faults.py", "learned_from": len(rows), "strength": best, "held_out": {"auroc": round(auroc(trials[best], rows), 4), "thresholds": table(trials[best], rows)},
        "features": names, "classes": list(regression.classes_),
        "means": [round(float(x), 6) for x in scaler.mean_], "deviations": [round(float(x), 6) for x in scaler.scale_],
        "intercepts": [round(float(x), 6) for x in regression.intercept_], "weights": [[round(float(x), 6) for x in row] for row in regression.coef_]})


if __name__ == "__main__":
    main()

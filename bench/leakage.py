"""Leakage between sets: how many planted copies are found, by kind, and how many clean rows are taken for copies.

usage: leakage.py SARTOR DATA OUT_JSON [--copies 500] [--semantic COSINE] [--seed 18] [--work DIR] [--only-build]
  SARTOR       the launcher, such as ./sartor
  DATA         a folder with banking77/, scifact/, xquad/, gsm8k/ and benchmarks/
  --copies     planted of each kind and set
  --semantic   rows whose vectors have this cosine are told, too
  --only-build writes the rows and what they are to --work, and ends
Two sets. banking77: its training rows, against its test rows, which nobody copied (55 characters, and alike as the questions of one bank are).
scifact: two of three documents' sentences, in rows of five (training), against the sentences of the other documents. To the test rows are
added copies of training rows, and of sentences within them: as they are, with other case, other punctuation, 1 to 15 % of the characters edited, clauses the
other way around, words replaced by synonyms (planted.py). A copy is found where a pair names the row that it was made of; `told_as` counts the kind of
the strongest pair. A clean row is a false alarm where any pair names it; those are listed, since some of Banking77's are real: its authors wrote some
questions twice.
"""
import argparse, collections, json, random, re, tempfile
from pathlib import Path

import common, planted

KINDS = ("exact", "case", "punctuation", "typos", "reordered", "synonyms")
SENTENCES, LISTED = 5, 40


def options():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("sartor"), a.add_argument("data", type=Path), a.add_argument("out", type=Path)
    a.add_argument("--copies", type=int, default=500), a.add_argument("--semantic"), a.add_argument("--seed", type=int, default=18)
    a.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "sartor-bench-leakage"), a.add_argument("--only-build", action="store_true")
    return a.parse_args()


def copied(text, kind, chance):
    """A copy, or nothing where this kind cannot be made of the text."""
    if kind == "exact":
        return text
    if kind == "case":
        return planted.case(text, chance)
    if kind == "punctuation":
        return planted.punctuation(text, chance)
    if kind == "typos":
        return planted.characters(text, chance.uniform(0.01, 0.15), chance)
    return planted.reordered(text) if kind == "reordered" else planted.paraphrased(text, chance)


def build(name, training, pieces, clean, a):
    """Writes train.jsonl, test.jsonl and truth.jsonl. `pieces` are what is copied: (text, line of its training row)."""
    folder = a.work / name
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(a.seed)
    rows = [(text, {"kind": "clean"}) for text in clean]
    for kind in KINDS:
        made = []
        for text, line in chance.sample(pieces, len(pieces)):
            copy = copied(text, kind, chance)
            if copy:
                made.append((copy, {"kind": kind, "of": line}))
            if len(made) == a.copies:
                break
        rows += made
    chance.shuffle(rows)
    common.write_lines(folder / "train.jsonl", ({"text": text} for text in training))
    common.write_lines(folder / "test.jsonl", ({"text": text} for text, _ in rows))
    common.write_lines(folder / "truth.jsonl", (each for _, each in rows))
    return folder


def banking(a):
    train, test = ([row["text"].strip() for row in planted.banking(a.data, part)] for part in ("train", "test"))
    have = {planted.folded(text) for text in train}
    clean = [text for text in test if planted.folded(text) not in have]
    return build("banking77", train, [(text, i + 1) for i, text in enumerate(train)], clean, a)


def scifact(a):
    documents = [row["text"] for row in common.lines(a.data / "scifact" / "corpus.jsonl")]
    seen, by_document = set(), []
    for text in documents:
        sentences = [s for s in re.split(r"(?<=[.!?])\s+", text) if 5 < len(s.split()) < 60 and planted.folded(s) not in seen]
        seen.update(map(planted.folded, sentences))
        by_document.append(sentences)
    training, pieces, clean = [], [], []
    for i, sentences in enumerate(by_document):
        if i % 3 == 0:
            clean += sentences
            continue
        for j in range(0, len(sentences), SENTENCES):
            training.append(" ".join(sentences[j:j + SENTENCES]))
            pieces += [(sentence, len(training)) for sentence in sentences[j:j + SENTENCES]]
    return build("scifact", training, pieces, clean, a)


def judged(folder, found):
    """What was found of each kind, and the clean rows that a pair names."""
    truth = common.lines(folder / "truth.jsonl")
    pairs = collections.defaultdict(list)
    for pair in found["pairs"]:
        pairs[pair["test"]["line"]].append(pair)
    kinds = {}
    for kind in KINDS:
        rows = [(line, row) for line, row in enumerate(truth, 1) if row["kind"] == kind]
        right = sum(any(pair["other"]["line"] == row["of"] for pair in pairs[line]) for line, row in rows)
        told = collections.Counter(pairs[line][0]["kind"] if pairs[line] else "nothing" for line, _ in rows)
        kinds[kind] = {"found": common.wilson(right, len(rows)), "told_as": dict(told.most_common())}
    clean = [line for line, row in enumerate(truth, 1) if row["kind"] == "clean"]
    test, train = ([row["text"] for row in common.lines(folder / f"{part}.jsonl")] for part in ("test", "train"))
    alarms = [pairs[line][0] for line in clean if pairs[line]]
    return {"training_rows": len(train), "copies": kinds, "false_alarms": common.wilson(len(alarms), len(clean)),
            "false_alarms_by_kind": dict(collections.Counter(pair["kind"] for pair in alarms).most_common()),
            "pairs_of_clean_rows": {"told": sum(len(pairs[line]) for line in clean), "of": len(clean) * len(train)},
            "some_alarms": [{"kind": pair["kind"], "score": pair["score"], "test": test[pair["test"]["line"] - 1], "other": train[pair["other"]["line"] - 1][:300]}
                            for pair in random.Random(1).sample(alarms, min(LISTED, len(alarms)))]}


def main():
    a = options()
    folders = {"banking77": banking(a), "scifact": scifact(a)}
    if a.only_build:
        return
    sitting = common.Sitting(a.sartor)
    result = {"copies": a.copies, "seed": a.seed}
    for name, folder in folders.items():
        command = ["data", "leaks", folder / "test.jsonl", "--against", folder / "train.jsonl", "--json"]
        found = common.sartor_json(a.sartor, *command, *(["--semantic", a.semantic] if a.semantic else []), accepts=(0, 1))
        result[name] = judged(folder, found)
        print(name, json.dumps({kind: each["found"] for kind, each in result[name]["copies"].items()} | {"false alarms": result[name]["false_alarms"]}), flush=True)
        common.write(a.out, sitting.about() | result)


if __name__ == "__main__":
    main()

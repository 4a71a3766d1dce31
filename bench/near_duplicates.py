"""Near duplicates beside datasketch's MinHash and MinHashLSH, in one sitting on an idle machine: recall and precision on planted edits, documents a
second, memory.

usage: near_duplicates.py SARTOR DATA OUT_JSON --peer PYTHON [--rows 100000] [--rounds 3] [--threshold 0.8] [--peer-thresholds 0.8,0.2]
                          [--million fixed,growing] [--work DIR] [--only-build]
  SARTOR       the launcher, such as ./sartor
  DATA         a folder with banking77/, scifact/, xquad/, gsm8k/ and benchmarks/
  --peer       a Python with datasketch
  --peer-thresholds   each is a side of its own; .2 is the Jaccard similarity from which on Sartor compares texts at its threshold of .8
  --million    Sartor alone with 250,000, 500,000 and 1,000,000 rows, once each: memory, and whether the cost is linear. `fixed`: rows of one stock of
               sentences, so that unlike rows have the more in common the more there are; `growing`: a quarter and a half of the stock for the smaller
               ones, so that a row has as much in common with others at each size
  --only-build writes the rows and which belong together to --work, and ends
A fifth of the rows are copies of others, with 1 to 15 % of their characters edited, or of their words (replaced, taken out, put in, swapped with the
next, each as often); the others are three to eight sentences each, drawn by seed from the public sets, no two sharing more than one. Rows stand in an
order by chance. Recall: how many copies are in one cluster with what they are a copy of. Precision: how many of the rows that go belong to the row
that stays instead. Both sides read the rows from one file and write down what goes; seconds and memory are those of the whole command. The peer
takes runs of five characters of folded texts as Sartor does, 128 permutations, two processes, and drops candidates whose estimated similarity is below
its threshold; its memory is the main process's and twice the largest other one's. OPENBLAS_* is unset.
"""
import argparse, json, os, random, statistics, subprocess, sys, tempfile, time
from pathlib import Path

import common, planted

COPIES, FEWEST, MOST, SHARED, HARDEST = 0.2, 3, 8, 1, 0.15
SPEED = "documents_per_second"


def options():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("sartor"), a.add_argument("data", type=Path), a.add_argument("out", type=Path), a.add_argument("--peer")
    a.add_argument("--rows", type=int, default=100_000), a.add_argument("--rounds", type=int, default=3), a.add_argument("--threshold", default="0.8")
    a.add_argument("--peer-thresholds", default="0.8,0.2"), a.add_argument("--million", default=""), a.add_argument("--only-build", action="store_true")
    a.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "sartor-bench-near-duplicates")
    return a.parse_args()


def originals(sentences, count, chance, is_checked):
    """Texts of some sentences; where it is checked, no two share more than one."""
    having, texts = {}, []
    while len(texts) < count:
        some = chance.sample(range(len(sentences)), chance.randint(FEWEST, MOST))
        if is_checked:
            shared = {}
            for sentence in some:
                for text in having.get(sentence, ()):
                    shared[text] = shared.get(text, 0) + 1
            if max(shared.values(), default=0) > SHARED:
                continue
            for sentence in some:
                having.setdefault(sentence, []).append(len(texts))
        texts.append(" ".join(sentences[sentence] for sentence in some))
    return texts


def build(data, count, folder, stock=1.0):
    """Writes rows.jsonl, and truth.jsonl with a line for each row: its family, and what was edited how much where it is a copy.
    Of the sentences a share is taken."""
    rows, truth = folder / "rows.jsonl", folder / "truth.jsonl"
    if rows.exists() and truth.exists():
        return rows, common.lines(truth)
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(18)
    sentences = planted.sentences(data)
    sentences = sentences if stock == 1 else random.Random(19).sample(sentences, round(stock * len(sentences)))
    vocabulary = sorted({word for sentence in sentences[::7] for word in sentence.split() if word.isalpha()})
    copies = round(count * COPIES)
    texts = originals(sentences, count - copies, chance, count <= 200_000)
    made = [(text, {"family": i}) for i, text in enumerate(texts)]
    for _ in range(copies):
        family, share = chance.randrange(len(texts)), round(chance.uniform(0.01, HARDEST), 4)
        if chance.random() < 0.5:
            made.append((planted.characters(texts[family], share, chance), {"family": family, "edited": "characters", "share": share}))
        else:
            made.append((planted.words(texts[family], share, chance, vocabulary), {"family": family, "edited": "words", "share": share}))
    chance.shuffle(made)
    common.write_lines(truth, (each for _, each in made))
    common.write_lines(rows, ({"text": text} for text, _ in made))
    return rows, common.lines(truth)


def judged(truth, kept):
    """Recall and precision of one result. `kept` says of each row that goes which one stays instead.

    >>> truth = [{"family": 0}, {"family": 1}, {"family": 0, "edited": "words", "share": .02}, {"family": 1, "edited": "words", "share": .1}]
    >>> found = judged(truth, {2: 0, 3: 0})
    >>> found["recall"]["share"], found["precision"]["share"], found["recall_by_edits"]["words 1-5 %"]["share"]
    (0.5, 0.5, 1.0)
    """
    original = {row["family"]: i for i, row in enumerate(truth) if "edited" not in row}
    parts, right, copies = {}, 0, 0
    for i, row in enumerate(truth):
        if "edited" in row:
            found = kept.get(i, i) == kept.get(original[row["family"]], original[row["family"]])
            name = f"{row['edited']} " + ("1-5 %" if row["share"] <= 0.05 else "5-10 %" if row["share"] <= 0.1 else "10-15 %")
            share = parts.setdefault(name, [0, 0])
            share[0] += found
            share[1] += 1
            right, copies = right + found, copies + 1
    well = sum(truth[row]["family"] == truth[stays]["family"] for row, stays in kept.items())
    return {"recall": common.wilson(right, copies), "precision": common.wilson(well, len(kept)), "removed": len(kept),
            "recall_by_edits": {name: common.wilson(*parts[name]) for name in sorted(parts)}}


def timed(command):
    """What it printed, its seconds, and the most memory that it had in MiB."""
    started = time.monotonic()
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as wrong:
        process = subprocess.Popen([str(word) for word in command], stdout=said, stderr=wrong, env=common.environment())
        _, status, used = os.wait4(process.pid, 0)
        said.seek(0), wrong.seek(0)
        if status:
            sys.exit(f"{' '.join(map(str, command))}\n{wrong.read()[-3000:]}")
        return said.read(), time.monotonic() - started, used.ru_maxrss >> 10


def sartor(a, rows, truth):
    with tempfile.TemporaryDirectory(dir=a.work) as out:
        out = Path(out) / "cleaned"
        _, seconds, memory = timed([*common.launcher(a.sartor), "data", "clean", rows, "--steps", "near_duplicates", "--set",
                                    f"near_duplicates.threshold={a.threshold}", "--out", out, "--yes", "--json"])
        removed = common.lines(out / "removed.jsonl")
    kept = {row["line"] - 1: row["kept"]["line"] - 1 for row in removed}
    return {SPEED: round(len(truth) / seconds, 1), "seconds": round(seconds, 1), "memory_mib": memory} | judged(truth, kept)


def peer(a, rows, truth, threshold):
    said, seconds, _ = timed([a.peer, common.REFERENCES / "peer_near_duplicates.py", rows, "--threshold", threshold])
    found = common.found_json(said)
    kept = {int(row): stays for row, stays in found["kept"].items()}
    return {SPEED: round(len(truth) / seconds, 1), "seconds": round(seconds, 1), "memory_mib": found["memory_mib"]} | judged(truth, kept)


def main():
    a = options()
    a.work.mkdir(parents=True, exist_ok=True)
    rows, truth = build(a.data, a.rows, a.work / f"rows-{a.rows}")
    if a.only_build:
        return
    sitting = common.Sitting(a.sartor)
    result = {"rows": a.rows, "copies": sum("edited" in row for row in truth), "characters_a_row": round(rows.stat().st_size / a.rows), "threshold": float(a.threshold)}
    sides = {"sartor": lambda: sartor(a, rows, truth)}
    if a.peer:
        for threshold in a.peer_thresholds.split(","):
            sides[f"datasketch at {threshold}"] = lambda threshold=threshold: peer(a, rows, truth, threshold)
    rounds = common.alternate(a.rounds, sides, lambda name, each: print(name, each[SPEED], each["memory_mib"], each["recall"], each["precision"], flush=True))
    for side, each in rounds.items():
        result[side] = each[-1] | {figure: common.median_of(each, figure) for figure in (SPEED, "seconds", "memory_mib")} | {"rounds": [one[SPEED] for one in each]}
        if side != "sartor":
            result[side]["sartors_speed_by_it"] = common.ratio([one[SPEED] for one in rounds["sartor"]], [one[SPEED] for one in each])
            print(side + ":", common.told(result[side]["sartors_speed_by_it"]))
    common.write(a.out, sitting.about() | result)
    for kind in filter(None, a.million.split(",")):
        sizes = result["sizes" if kind == "fixed" else "sizes_of_a_growing_stock"] = []
        for count in (250_000, 500_000, 1_000_000):
            stock = count / 1_000_000 if kind == "growing" else 1.0
            found = sartor(a, *build(a.data, count, a.work / (f"rows-{count}" if stock == 1 else f"rows-{count}-of-{stock}"), stock))
            sizes.append({"rows": count, "microseconds_a_row": round(1e6 * found["seconds"] / count, 1)} | found)
            print(kind, count, found, flush=True)
            common.write(a.out, sitting.about() | result)


if __name__ == "__main__":
    main()

"""What the redaction of personal data costs a model that is tuned on the redacted messages: `sartor data clean --steps personal_data`, then `sartor compare`.

usage: redaction_cost.py SARTOR BANKING77_DIR OUT_JSON [--seeds 1,2,3] [--approaches tune] [--share 0.5]
Each seed draws ten of Banking77's intents with 300 training, 100 validation and all of their test messages; a share of all of them gets a sentence with a mail address, an
IBAN, a card, a telephone or a national number. Two projects are compared: one learns from the messages as they are, one from those in which pseudonyms
stand. Both are tested on the same messages as they are, as a customer writes them. The difference is taken message by message over all draws, with a bootstrap's
95 % interval; how many findings were replaced stands beside it.
"""
import argparse, collections, json, random, sys, tempfile
from pathlib import Path

import common, labelled
from references import personal_numbers as numbers

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("data", type=Path), a.add_argument("out", type=Path)
a.add_argument("--seeds", default="1,2,3"), a.add_argument("--approaches", default="tune"), a.add_argument("--share", type=float, default=0.5)
a = a.parse_args()
SAID = {"email": "My mail address is {}.", "iban": "My IBAN is {}.", "card": "The card number is {}.", "phone": "Call me, my phone is {}.", "bsn": "My BSN is {}."}


def told(rows, chance):
    """Some of the messages with a piece of personal data."""
    out = []
    for text, label in rows:
        if chance.random() < a.share:
            kind = chance.choice(list(SAID))
            said = SAID[kind].format(getattr(numbers, kind)(chance))
            text = f"{text} {said}" if chance.random() < 0.5 else f"{said} {text}"
        out.append({"text": text, "label": label})
    return out


def drawn(seed):
    chance = random.Random(seed)
    train, test = labelled.Sets(a.data, None).rows("banking77")
    labels = chance.sample(sorted({label for _, label in test}), 10)
    test = [row for row in test if row[1] in labels]
    by_label = collections.defaultdict(list)
    for row in train:
        by_label[row[1]].append(row)
    some = [chance.sample(by_label[label], 40) for label in labels]
    return labels, {"train": told([row for each in some for row in each[:30]], chance), "validation": told([row for each in some for row in each[30:]], chance), "test": told(test, chance)}


def compared(folder, labels, rows, seed):
    for split, some in rows.items():
        common.write_lines(folder / (split + ".jsonl"), some)
    (folder / "sartor.yaml").write_text(f"""name: redaction
approaches: [{a.approaches}]
racing: false
seed: {seed}
tune: {{epochs: 4, batch: 16, learning_rate: 1e-3}}
tasks:
  - name: intent
    instruction: Name the customer's intent.
    labels: {json.dumps(sorted(labels))}
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""")
    task = common.sartor_json(a.sartor, "compare", "--project", folder, "--json", accepts=(0, 1))["tasks"][0]
    return {each["name"]: [answer["score"] for answer in common.lines(folder / "runs" / each["run"] / "answers.jsonl")] for each in task["candidates"]}


def one(work, seed):
    labels, rows = drawn(seed)
    plain, redacted, given, cleaned = (work / f"{seed}-{name}" for name in ("plain", "redacted", "given", "cleaned"))
    for folder in (plain, redacted, given):
        folder.mkdir()
    for split in ("train", "validation"):
        common.write_lines(given / (split + ".jsonl"), rows[split])
    recipe = common.sartor_json(a.sartor, "data", "clean", given, "--steps", "personal_data", "--out", cleaned, "--json")
    hidden = {split: common.lines(cleaned / "rows" / (split + ".jsonl")) for split in ("train", "validation")}
    return {"seed": seed, "changed": recipe["steps"][0]["changed"], "plain": compared(plain, labels, rows, seed),
            "redacted": compared(redacted, labels, rows | hidden, seed)}


sitting = common.Sitting(a.sartor)
draws, gains = [], collections.defaultdict(list)
with tempfile.TemporaryDirectory() as work:
    for seed in map(int, a.seeds.split(",")):
        found = one(Path(work), seed)
        for name, scores in found["redacted"].items():
            gains[name] += [ours - theirs for ours, theirs in zip(scores, found["plain"][name], strict=True)]
        mean = lambda scores: round(sum(scores) / len(scores), 4)
        draws.append({"seed": seed, "changed": found["changed"], "plain": {name: mean(scores) for name, scores in found["plain"].items()},
                      "redacted": {name: mean(scores) for name, scores in found["redacted"].items()}})
        print(json.dumps(draws[-1]), file=sys.stderr, flush=True)
        common.write(a.out, sitting.about() | {"share": a.share, "draws": draws, "redacted_less_plain": {name: common.mean_interval(some) for name, some in gains.items()}})
print(json.dumps(common.read(a.out)["redacted_less_plain"], indent=1))

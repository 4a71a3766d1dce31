"""What differential privacy costs on Banking77 with few rows, and what it does to rows that are remembered.

usage: dp_sgd.py SARTOR BANKING77_DIR OUT_JSON [--arms few,ten,many,whole] [--canaries 20] [--repeats 4] [--epsilon 8] [--seeds 1,2,3] [--test 1000]
                 [--python PYTHON --base MODEL_DIR] [--keep FOLDER]
  --python  one with torch, transformers and peft, which reads the trained classifiers for the canaries' losses; without it there are none
  --base    all-MiniLM-L6-v2 as a transformers folder, which the adapters are put on there

Each arm is all-minilm-l6-v2 under a fresh head, trained on the same rows twice, by `sartor tune`: as it is, and with `privacy: {epsilon: …}` at a delta of a
tenth of a row's share. Among the rows are canaries: texts of random words with random labels, of which half stand there once and half --repeats times. As many
texts from the same generator were never seen. A model that remembers a canary gives it a lower loss than it gives those: `auc` is the share of pairs (planted,
never seen) in which it does, 0.5 is chance. The promise is one of a row: what stands there --repeats times has --repeats times epsilon, and a far larger delta.
  few    480 rows of all 77 intents, an adapter of rank 4 and the head
  ten    1,200 rows of ten intents, drawn by the seed; their test messages alone
  many   4,000 rows of all 77
  whole  480 rows of all 77, all weights
Learning rates, clip norm and epochs were not searched for; OMP_NUM_THREADS=1 is faster for rows that are computed one by one while others use the machine.
Results of arms that are not asked for stay in OUT_JSON.
"""
import argparse, csv, json, random, re, statistics, sys, tempfile, time
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("data", type=Path), a.add_argument("out", type=Path)
a.add_argument("--canaries", type=int, default=20), a.add_argument("--repeats", type=int, default=4)
a.add_argument("--epsilon", type=float, default=8), a.add_argument("--seeds", default="1,2,3"), a.add_argument("--arms", default="few,ten,many,whole")
a.add_argument("--test", type=int, default=1000), a.add_argument("--python"), a.add_argument("--base"), a.add_argument("--keep", type=Path)
a = a.parse_args()

LORA = {"method": "lora", "rank": 4}
ARMS = {
    "few": {"rows": 480, "plain": LORA | {"epochs": 10, "batch": 16, "learning_rate": 3e-3}, "private": LORA | {"epochs": 10, "batch": 120, "learning_rate": 3e-3}},
    "ten": {"rows": 1200, "labels": 10, "plain": LORA | {"epochs": 5, "batch": 16, "learning_rate": 3e-3},
            "private": LORA | {"epochs": 10, "batch": 300, "learning_rate": 3e-3}},
    "many": {"rows": 4000, "plain": LORA | {"epochs": 5, "batch": 32, "learning_rate": 3e-3}, "private": LORA | {"epochs": 5, "batch": 500, "learning_rate": 3e-3}},
    "whole": {"rows": 480, "plain": {"method": "full", "epochs": 10, "batch": 16, "learning_rate": 3e-4},
              "private": {"method": "full", "epochs": 10, "batch": 120, "learning_rate": 3e-4}},
}
MODEL, CLIP = "all-minilm-l6-v2", 1


def messages(name):
    with open(a.data / (name + ".csv"), newline="") as file:
        return [{"text": row["text"], "label": row["category"]} for row in csv.DictReader(file)]


def plain(text):
    return re.sub(r"[\W_]+", "", text.lower())


def canaries(count, words, labels, chance):
    return [{"text": " ".join(chance.choice(words) for _ in range(8)), "label": chance.choice(labels)} for _ in range(count)]


def drawn(arm, seed):
    """Rows of training with canaries among them, of validation, and of test; the canaries and what was never seen."""
    chance = random.Random(seed)
    test = messages("test")
    labels = sorted({row["label"] for row in test})
    if "labels" in ARMS[arm]:
        labels = sorted(chance.sample(labels, ARMS[arm]["labels"]))
    test = [row for row in test if row["label"] in labels]
    known = {plain(row["text"]) for row in test}
    rows = [row for row in messages("train") if plain(row["text"]) not in known and row["label"] in labels]
    chance.shuffle(rows)
    words = sorted({word for row in messages("train") for word in re.findall("[a-z]{4,}", row["text"].lower())})
    once, often, never = (canaries(a.canaries // 2, words, labels, chance) for _ in range(3))
    never += canaries(a.canaries - len(never), words, labels, chance)
    planted = once + often * a.repeats
    validation, rows = rows[:300 if len(labels) > 10 else 150], rows[300 if len(labels) > 10 else 150:]
    # Every label occurs: the first message of each, then others.
    first = {row["label"]: row for row in reversed(rows)}
    taken = {id(row) for row in first.values()}
    real = (list(first.values()) + [row for row in rows if id(row) not in taken])[: ARMS[arm]["rows"] - len(planted)]
    training = real + planted
    chance.shuffle(training)
    chance.shuffle(test)
    return labels, {"train": training, "validation": validation, "test": test[: a.test]}, {"once": once, "often": often, "never": never}


def project(folder, model, settings, labels, rows, seed):
    folder.mkdir(parents=True, exist_ok=True)
    for split, some in rows.items():
        common.write_lines(folder / (split + ".jsonl"), some)
    tune = ", ".join(f"{key}: {value}" for key, value in (settings | {"max_forgetting": 1}).items())
    (folder / "sartor.yaml").write_text(f"""name: private
model: {model}
approaches: [tune]
racing: false
seed: {seed}
tune: {{{tune}}}
tasks:
  - name: intent
    instruction: Name the customer's intent.
    labels: {json.dumps(labels)}
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""")


def losses(place, labels, groups):
    """The cross-entropy of each canary, by transformers."""
    if not a.python:
        return None
    program = """
import json, sys, torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer
place, base, labels, groups = sys.argv[1], sys.argv[2], *json.load(sys.stdin)
if base:
    from peft import PeftModel
    names = dict(enumerate(labels))
    model = AutoModelForSequenceClassification.from_pretrained(base, dtype=torch.float32, id2label=names, label2id={label: at for at, label in names.items()})
    model = PeftModel.from_pretrained(model, place)
else:
    model = AutoModelForSequenceClassification.from_pretrained(place, dtype=torch.float32)
model, tokens = model.eval(), AutoTokenizer.from_pretrained(base or place)
found = {}
with torch.no_grad():
    for name, rows in groups.items():
        logits = model(**tokens([row["text"] for row in rows], padding=True, truncation=True, return_tensors="pt")).logits
        ids = [model.config.label2id[row["label"]] for row in rows]
        found[name] = [round(x, 4) for x in torch.nn.functional.cross_entropy(logits, torch.tensor(ids), reduction="none").tolist()]
        found[name + " right"] = int((logits.argmax(1) == torch.tensor(ids)).sum())
print(json.dumps(found))
"""
    return common.run_json(a.python, "-c", program, place, a.base if (place / "adapter_config.json").exists() else "", input=json.dumps([labels, groups]))


def auc(planted, never):
    pairs = [(one < other) + 0.5 * (one == other) for one in planted for other in never]
    return round(sum(pairs) / len(pairs), 4)


def trained(folder, arm, kind, labels, rows, groups, seed):
    settings = dict(ARMS[arm][kind])
    if kind == "private":
        settings["privacy"] = f"{{epsilon: {a.epsilon}, clip: {CLIP}}}"
    place = folder / f"{arm}-{kind}-{seed}"
    project(place, MODEL, settings, labels, rows, seed)
    start = time.time()
    tuned = common.sartor_json(a.sartor, "tune", "intent", "--project", place, "--json")
    seconds = round(time.time() - start, 1)
    candidates = common.sartor_json(a.sartor, "compare", "--project", place, "--json", accepts=(0, 1))["tasks"][0]["candidates"]
    result = {"score": round(candidates[0]["score"], 4), "validation": max(tuned["validation"].values()), "kept_epoch": tuned["kept_epoch"], "seconds": seconds,
              "training_seconds": round(tuned["seconds"], 1), "parameters": tuned["parameters"]}
    if "privacy" in tuned:
        result["privacy"] = tuned["privacy"]
    found = losses(Path(tuned.get("model") or tuned["adapter"]), labels, groups | {"validation": rows["validation"]})
    if found:
        result["canaries"] = {"mean_loss": {name: round(statistics.mean(found[name]), 4) for name in ("once", "often", "never")},
                              "auc": {name: auc(found[name], found["never"]) for name in ("once", "often")},
                              "right": {name: found[name + " right"] for name in ("once", "often", "never")}, "losses": {name: found[name] for name in ("once", "often", "never")}}
        result["validation_by_transformers"] = round(found["validation right"] / len(rows["validation"]), 4)
    print(json.dumps({"arm": arm, "kind": kind, "seed": seed} | {key: result[key] for key in ("score", "validation", "seconds")}
                     | ({"auc": result["canaries"]["auc"]} if found else {})), file=sys.stderr, flush=True)
    return result


def pooled(runs, name):
    """Over all seeds: planted of one seed against never-seen of the same."""
    of = [run["canaries"]["auc"][name] for run in runs if "canaries" in run]
    return round(statistics.mean(of), 4) if of else None


sitting = common.Sitting(a.sartor)
arms = json.loads(a.out.read_text())["arms"] if a.out.exists() else {}
with tempfile.TemporaryDirectory() as work:
    folder = a.keep or Path(work)
    for arm in a.arms.split(","):
        sides = {"plain": [], "private": []}
        for seed in map(int, a.seeds.split(",")):
            labels, rows, groups = drawn(arm, seed)
            for kind, side in sides.items():
                side.append({"seed": seed, "rows": {split: len(some) for split, some in rows.items()}} | trained(folder, arm, kind, labels, rows, groups, seed))
        arms[arm] = sitting.about() | {
            "settings": {kind: ARMS[arm][kind] for kind in sides}, "labels": len(labels),
            "mean_score": {kind: round(statistics.mean(run["score"] for run in side), 4) for kind, side in sides.items()},
            "mean_auc": {kind: {name: pooled(side, name) for name in ("once", "often")} for kind, side in sides.items()}, "runs": sides}
        common.write(a.out, {"model": MODEL, "epsilon": a.epsilon, "clip": CLIP, "canaries": {"once": a.canaries // 2, "often": a.canaries // 2, "repeats": a.repeats,
                     "never": a.canaries}, "arms": arms})
print(json.dumps({arm: {key: each[key] for key in ("mean_score", "mean_auc")} for arm, each in arms.items()}, indent=1))

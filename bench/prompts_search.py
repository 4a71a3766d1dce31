"""The search for a prompt on three tasks with a small model, through `sartor prompts search`: what it finds on validation, and how much of that is there on test.

usage: prompts_search.py SARTOR BANKING77_DIR OUT_JSON [--part route|banking|swapped] [--minutes 8] [--model smollm2-135m-instruct] [--proposer MODEL|none] [--seed 1]
                         [--validation 100] [--test 1000]
  route    the sample's `route`: 300 training, 100 validation and 250 test messages, ten labels
  banking  ten of Banking77's intents that have 60 training messages, drawn by the seed: 300 training, 100 validation messages and all of their test messages
  swapped  four of Banking77's intents under names that are swapped: what asks for a card's delivery is labelled `exchange`, and so on. What labels mean in
           ordinary words leads astray; an instruction or examples have to say it. 200 training, 100 validation messages and all 160 test messages
Figures: the score before and after with 95 % intervals, the paired gain, the share of the gain on validation that is there on test, who proposed what was found,
what became of the proposals by their source, and what was spent. --validation and --test draw fewer messages of each, for a busy machine. Results of the other parts stay in OUT_JSON. `about` is the last sitting's.
"""
import argparse, collections, csv, json, random, re, shutil, tempfile
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("data", type=Path), a.add_argument("out", type=Path)
a.add_argument("--part", choices=["route", "banking", "swapped"], default="swapped"), a.add_argument("--minutes", type=float, default=8)
a.add_argument("--model", default="smollm2-135m-instruct"), a.add_argument("--seed", type=int, default=1)
a.add_argument("--proposer"), a.add_argument("--validation", type=int, default=100), a.add_argument("--test", type=int, default=1000)
a = a.parse_args()

SWAPPED = {"card_arrival": "exchange", "exchange_rate": "theft", "lost_or_stolen_card": "closing", "terminate_account": "delivery"}
"""What each intent is labelled with; the names that would fit are delivery, exchange, theft, closing."""


def messages(name):
    with open(a.data / (name + ".csv"), newline="") as file:
        return [{"text": row["text"], "label": row["category"]} for row in csv.DictReader(file)]


def plain(text):
    return re.sub(r"[\W_]+", "", text.lower())


def rows(intents, train, validation, chance, name=lambda intent: intent):
    test = [row for row in messages("test") if row["label"] in intents]
    known = {plain(row["text"]) for row in test}
    split = {"train": [], "validation": [], "test": test}
    for intent in intents:
        seen, own = set(), []
        for row in messages("train"):
            if row["label"] == intent and plain(row["text"]) not in known | seen:
                seen.add(plain(row["text"]))
                own.append(row)
        drawn = chance.sample(own, train + validation)
        split["train"] += drawn[:train]
        split["validation"] += drawn[train:]
    return {part: [{"id": f"{part}-{i}", "text": row["text"], "label": name(row["label"])} for i, row in enumerate(some)] for part, some in split.items()}


def written(folder, task, instruction, labels, split):
    for part, some in split.items():
        most = {"validation": a.validation, "test": a.test}.get(part, len(some))
        common.write_lines(folder / (part + ".jsonl"), random.Random(a.seed).sample(some, most) if most < len(some) else some)
    (folder / "sartor.yaml").write_text(f"""name: prompts
model: {a.model}
seed: {a.seed}
few_shot: {{counts: [2, 4, 8]}}
approaches: [zero-shot, few-shot]
tasks:
  - name: {task}
    instruction: {instruction}
    labels: {json.dumps(labels)}
    max_answer_tokens: 8
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""")


def project(folder):
    chance = random.Random(a.seed)
    if a.part == "route":
        sample = common.ROOT / "samples" / "helpdesk"
        split = {part: common.lines(sample / "route" / (part + ".jsonl")) for part in ("train", "validation", "test")}
        labels = ["billing", "battery", "repair", "delivery", "account", "plan-change", "cancel", "theft-accident", "accessories", "feedback"]
        written(folder, "route", "Say which team of the help desk the customer's message is for.", labels, split)
        return "route"
    if a.part == "banking":
        counts = collections.Counter(row["label"] for row in messages("train"))
        labels = sorted(chance.sample(sorted(label for label in counts if counts[label] >= 60), 10))
        written(folder, "intent", "Name the customer's intent.", labels, rows(labels, 30, 10, chance))
        return "intent"
    written(folder, "swapped", "Say what the customer's message is about.", sorted(SWAPPED.values()), rows(sorted(SWAPPED), 50, 25, chance, SWAPPED.get))
    return "swapped"


def by_source(proposals):
    """For each kind of proposal how many there were, how many answered all validation examples, the best of them, and how many examples they answered."""
    found = collections.OrderedDict()
    for each in proposals[1:]:
        kind = each["source"] if each["source"].startswith("rewrite") else re.sub(r":? ?\d*$", "", each["source"]).replace(" with", "")
        kind = found.setdefault(kind, {"proposals": 0, "measured": 0, "best": None, "validation_answers": 0})
        kind["proposals"] += 1
        kind["validation_answers"] += each["answered"]
        if each["outcome"] == "MEASURED":
            kind["measured"] += 1
            kind["best"] = max(kind["best"] or 0, each["score"])
    return found


def led(proposals):
    """The sources of those that were the best when they were measured, with their scores."""
    best, steps = proposals[0]["score"], []
    for each in proposals[1:]:
        if each["outcome"] == "MEASURED" and each["score"] > best:
            best = each["score"]
            steps.append({"proposal": each["id"], "source": each["source"], "examples": len(each["examples"]), "score": best})
    return steps


sitting = common.Sitting(a.sartor)
folder = Path(tempfile.mkdtemp())
try:
    task = project(folder)
    found = common.sartor_json(a.sartor, "prompts", "search", task, "--project", folder, "--minutes", a.minutes, *(["--proposer", a.proposer] if a.proposer else []), "--json")
    proposals = common.lines(Path(found.pop("folder")) / "proposals.jsonl")
    all_validation = sum(1 for _ in open(folder / "validation.jsonl", encoding="utf-8"))
    answered = sum(each["answered"] for each in proposals)
    raced = [each for each in proposals if each["answered"]]
    found |= {"minutes": a.minutes, "seed": a.seed, "model": a.model, "proposer": a.proposer or a.model, "led": led(proposals), "by_source": by_source(proposals),
              "validation_answers": answered, "without_racing": len(raced) * all_validation}
    kept = common.read(a.out)
    common.write(a.out, sitting.about() | {"parts": kept.get("parts", {}) | {a.part: found}})
    print(json.dumps({key: found[key] for key in ("validation", "test", "led", "spent") if key in found}, indent=1))
finally:
    shutil.rmtree(folder, ignore_errors=True)

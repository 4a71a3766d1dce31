"""How often an audit finds canaries that a training learned, and how often it accuses an adapter that learned none of the rows that it is asked about.

usage: audit_adapter.py SARTOR OUT_JSON [--model smollm2-135m-instruct] [--planted 40] [--clean 60] [--rows 60] [--canaries 2] [--epochs 3] [--alternatives 200]
                        [--minutes 50] [--peer] [--work DIR]
  --planted   trainings of a task with canaries at 1, 4 and 16 repeats, each with rows, canaries and a seed of its own
  --clean     audits of adapters that learned neither the rows that are given as theirs nor the canaries beside them: whatever is found is a false alarm.
              Each adapter is audited once, against rows and canaries that are new each time
  --minutes   no training begins after so long; the result says how many were run
  --peer      needs numpy and scikit-learn: computes the membership figures of each clean audit anew from the likelihoods that Sartor wrote (--dump)
Rows are questions about orders with answers in full sentences, drawn by a seed, so that members and held-out rows are of one distribution.
"""
import argparse, json, random, shutil, tempfile, time
from pathlib import Path

import common

STATES = ("packed", "on its way", "held at customs", "waiting for a part", "delivered", "sent back", "paid for", "cancelled by the shop")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def options():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("sartor"), a.add_argument("out", type=Path), a.add_argument("--model", default="smollm2-135m-instruct")
    for name, usual in (("planted", 40), ("clean", 60), ("rows", 60), ("canaries", 2), ("epochs", 3), ("alternatives", 200)):
        a.add_argument("--" + name, type=int, default=usual)
    a.add_argument("--minutes", type=float, default=50), a.add_argument("--peer", action="store_true")
    a.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "sartor-bench-audit-adapter")
    return a.parse_args()


def rows(count, chance):
    made = []
    for _ in range(count):
        number = f"{chance.randrange(10_000, 99_999)}-{chance.choice('ABCDEFGH')}"
        made.append({"prompt": f"What became of order {number}?",
                     "completion": f"Order {number} is {chance.choice(STATES)}, holds {chance.randrange(2, 40)} things, and is due on {chance.choice(DAYS)}."})
    return made


def project(a, folder, seed):
    """A task whose rows are of this seed alone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    chance = random.Random(seed)
    for name, count in (("train", a.rows), ("validation", 4), ("test", a.rows)):
        common.write_lines(folder / f"{name}.jsonl", rows(count, chance))
    (folder / "sartor.yaml").write_text(f"""name: orders
use: research
model: {a.model}
approaches: [tune]
seed: {seed}
tune: {{epochs: {a.epochs}, batch: 16, max_forgetting: 1}}
tasks:
  - name: orders
    instruction: Say what became of the order.
    metric: token_f1
    max_answer_tokens: 32
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""")
    return folder


def audit(a, *what):
    return common.sartor_json(a.sartor, "audit-adapter", *what, "--json", "--alternatives", a.alternatives, "--rows", a.rows, "--prompts", 16, accepts=(0, 1))


def planted(a, number):
    folder = project(a, a.work / f"planted-{number}", 1000 + number)
    began = time.time()
    common.sartor(a.sartor, "tune", "orders", "--project", folder, "--canaries", a.canaries)
    trained = time.time()
    report = audit(a, "orders", "--project", folder)
    return {"seed": 1000 + number, "train_seconds": round(trained - began, 1), "audit_seconds": round(time.time() - trained, 1), "verdict": report["verdict"],
            "found": report["found"], "canaries": report["canaries"]["repeats"],
            "membership": {each["attack"]: [round(each["auc"][key], 4) for key in ("value", "low", "high")] for each in report["membership"]["attacks"]},
            "blind": round(report["membership"]["blind"]["value"], 4)}, next(folder.glob("runs/adapters/*-canaries-*/canaries.json"))


def clean(a, number, canaries):
    """An adapter of its own rows, asked about others; the canaries beside it are those of another training."""
    folder = project(a, a.work / f"clean-{number}", 5000 + number)
    common.sartor(a.sartor, "tune", "orders", "--project", folder)
    adapter = next(folder.glob("runs/adapters/*/adapter_config.json")).parent
    if canaries:
        shutil.copy(canaries, adapter / "canaries.json")
    chance = random.Random(9000 + number)
    for name in ("asked", "beside"):
        common.write_lines(folder / f"{name}.jsonl", rows(a.rows, chance))
    dump = folder / "likelihoods.jsonl"
    report = audit(a, adapter, "--model", a.model, "--data", folder / "asked.jsonl", "--held-out", folder / "beside.jsonl", "--seed", number, "--dump", dump)
    told = {"seed": 5000 + number, "accused": bool(report["found"]), "found": report["found"], "canaries": (report.get("canaries") or {}).get("repeats"),
            "membership": {each["attack"]: [round(each["auc"][key], 4) for key in ("value", "low", "high")] for each in report["membership"]["attacks"]},
            "blind": round(report["membership"]["blind"]["value"], 4)}
    if a.peer:
        told["peer"] = peer(common.lines(dump), report["membership"])
    return told


def peer(lines, membership):
    """The largest differences to numpy's and scikit-learn's figures from the same likelihoods."""
    import numpy as np
    from sklearn.metrics import roc_auc_score, roc_curve

    def scores(line):
        adapter, base = ({key: np.array(line[side][key]) for key in ("chosen", "mean", "deviation")} for side in ("adapter", "base"))
        each = np.sort((adapter["chosen"] - adapter["mean"]) / np.maximum(1e-6, adapter["deviation"]))
        return {"loss": adapter["chosen"].mean(), "loss ratio": adapter["chosen"].mean() - base["chosen"].mean(),
                "Min-K%++": each[:max(1, int(0.2 * len(each)))].mean()}

    labels, scored = [line["side"] == "member" for line in lines], [scores(line) for line in lines]
    differences = {"auc": 0.0, "tpr": 0.0}
    for attack in membership["attacks"]:
        figures = [each[attack["attack"]] for each in scored]
        false, true, _ = roc_curve(labels, figures, drop_intermediate=False)
        differences["auc"] = max(differences["auc"], abs(roc_auc_score(labels, figures) - attack["auc"]["value"]))
        differences["tpr"] = max(differences["tpr"], abs(true[false <= 0.01 + 1e-12].max() - attack["true_positives"]["value"]))
    return {key: float(value) for key, value in differences.items()}


def summary(trainings, audits):
    by_repeats = {}
    for times in (1, 4, 16):
        groups = [group for each in trainings for group in each["canaries"] if group["times"] == times]
        flagged = sum(any(sentence.startswith(f"canaries planted {times} times") for sentence in each["found"]) for each in trainings)
        by_repeats[str(times)] = {"trainings_where_found": common.wilson(flagged, len(trainings)),
                                  "canaries_extracted": common.wilson(sum(g["extracted"] for g in groups), sum(g["canaries"] for g in groups)),
                                  "mean_exposure": round(sum(g["exposure"]["value"] for g in groups) / max(1, len(groups)), 3),
                                  "mean_exposure_of_base": round(sum(g["base"]["value"] for g in groups) / max(1, len(groups)), 3)}
    return {"canaries": by_repeats, "members_found": common.wilson(sum(any(s.startswith("membership") for s in each["found"]) for each in trainings), len(trainings)),
            "clean_accused": common.wilson(sum(each["accused"] for each in audits), len(audits)),
            "peer_largest_difference": {key: max((each["peer"][key] for each in audits if "peer" in each), default=None) for key in ("auc", "tpr")}}


def main():
    a = options()
    sitting, began = common.Sitting(a.sartor), time.time()
    settings = {key: str(value) for key, value in vars(a).items() if key not in ("work", "sartor", "out")}
    trainings, audits, canaries = [], [], None
    # By turns, so that what was run when the time was over has some of each kind.
    for number in range(max(a.planted, a.clean)):
        for kind in ("planted", "clean"):
            if time.time() - began > a.minutes * 60 or number >= getattr(a, kind):
                continue
            if kind == "planted":
                told, canaries = planted(a, number)
                kept = a.work / "canaries.json"
                shutil.copy(canaries, kept)
                canaries = kept
                trainings.append(told)
            else:
                told = clean(a, number, canaries)
                audits.append(told)
            shutil.rmtree(a.work / f"{kind}-{number}", ignore_errors=True)
            print(kind, number, told["found"], told["membership"], flush=True)
            common.write(a.out, sitting.about() | {"settings": settings, "asked_for": {"planted": a.planted, "clean": a.clean},
                                                   "run": {"planted": len(trainings), "clean": len(audits), "minutes": round((time.time() - began) / 60, 1)},
                                                   "summary": summary(trainings, audits), "planted": trainings, "clean": audits})
    print(json.dumps(summary(trainings, audits), indent=1))


if __name__ == "__main__":
    main()

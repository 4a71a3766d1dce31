"""The whole of Banking77 with LoRA, through the commands that a user types: `sartor tune`, then `sartor compare` on all 3,080 test messages, in free
text, exact match. Goes on where OUT_JSON ends: a seed that stands there is not trained again.

usage: banking77_whole.py SARTOR BANKING77_DIR OUT_JSON [--seeds 1,2,3] [--model smollm2-135m-instruct] [--tune "epochs: 4, …"]
Trained on all training messages but those that are also among the test messages but for case, space and punctuation (dropped by the project file's `leakage`) and one of each
of the 77 intents, drawn by the seed, which are the validation: the best epoch on them is kept. The guard against forgetting is off: what is measured is how well one task is learned.
"""
import argparse, csv, json, os, random, statistics, tempfile, time

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("data"), a.add_argument("out"), a.add_argument("--seeds", default="1,2,3")
a.add_argument("--model", default="smollm2-135m-instruct"), a.add_argument("--tune", default="epochs: 4, batch: 16, learning_rate: 1e-3")
a = a.parse_args()


def sartor(*command):
    start = time.time()
    return common.sartor_json(a.sartor, *command, "--json"), round(time.time() - start, 1)


def write(path, rows):
    common.write_lines(path, ({"prompt": row["text"], "completion": row["category"].replace("_", " ")} for row in rows))


def scores(folder):
    """The mean score of the tuned candidate's test answers, and how many they are."""
    runs = os.path.join(folder, "runs")
    run = next(name for name in os.listdir(runs) if name.startswith("intent-tuned-") and os.path.exists(os.path.join(runs, name, "run.json")))
    rows = common.lines(os.path.join(runs, run, "answers.jsonl"))
    return sum(row["score"] for row in rows) / len(rows), len(rows)


def measured(folder, seed):
    folder = os.path.join(folder, "banking")
    os.makedirs(folder)
    train, test = (list(csv.DictReader(open(os.path.join(a.data, name + ".csv")))) for name in ("train", "test"))
    known = {row["text"] for row in test}
    order = random.Random(int(seed)).sample(range(len(train)), len(train))
    first = {train[i]["category"]: i for i in reversed(order) if train[i]["text"] not in known}
    chosen = set(first.values())
    write(os.path.join(folder, "validation.jsonl"), [train[i] for i in sorted(chosen)])
    train = [row for i, row in enumerate(train) if i not in chosen]
    write(os.path.join(folder, "train.jsonl"), train), write(os.path.join(folder, "test.jsonl"), test)
    with open(os.path.join(folder, "sartor.yaml"), "w") as file:
        file.write(f"""name: banking
model: {a.model}
approaches: [tune]
seed: {seed}
tune: {{{a.tune}, max_forgetting: 1}}
tasks:
  - name: intent
    instruction: Name the customer's intent.
    metric: exact_match
    max_answer_tokens: 16
    leakage: drop-from-training
    prompt: {{system: '{{{{ instruction }}}}', user: '{{{{ question }}}}'}}
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""")
    tuned, seconds = sartor("tune", "intent", "--project", folder)
    _, compare_seconds = sartor("compare", "--project", folder)
    accuracy, count = scores(folder)
    checked, _ = sartor("check", "--project", folder)
    trained = checked["tasks"][0]["train"]
    return {"accuracy": round(accuracy, 4), "test": count, "trained_on": trained, "dropped": len(train) - trained, "validation": tuned["validation"], "kept_epoch": tuned["kept_epoch"], "tune_command_seconds": seconds,
            "training_seconds": round(tuned["seconds"], 1), "compare_seconds": compare_seconds}


result = common.read(a.out, {"model": a.model, "tune": a.tune, "seeds": {}})
for seed in a.seeds.split(","):
    if seed not in result["seeds"]:
        sitting = common.Sitting(a.sartor)
        with tempfile.TemporaryDirectory() as folder:
            result["seeds"][seed] = measured(folder, seed)
        result["seeds"][seed] |= sitting.about()
        result["mean"] = round(statistics.mean(each["accuracy"] for each in result["seeds"].values()), 4)
        common.write(a.out, result)
        print(seed, json.dumps(result["seeds"][seed]), flush=True)

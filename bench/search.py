"""A search for settings in the time of a few whole trainings, beside whole trainings at points drawn at random from the same space.

usage: search.py SARTOR MODEL BANKING77_DIR OUT_JSON [--seeds 1,2,3] [--runs 16] [--trials 10] [--budget 2.6] [--epochs 2] [--work DIR]
  SARTOR     the launcher, such as ./sartor
  MODEL      such as smollm2-135m-instruct
  --seeds    one search and one set of random points for each
  --runs     whole trainings at random points, for each seed
  --validation, --test   messages that settings are chosen by, and that the result is measured on, once
  --budget   of a search, in whole trainings' steps. Judging comes on top: 200 answers of a model that is hardly trained take as long as 16 of 60 steps,
             so that 10 trials on 2.6 take the time of nearly 4 whole trainings with theirs
  --work     where projects and checkpoints lie; what was stopped goes on there and from OUT_JSON, which is written after each part
480 messages of Banking77 as in tune_banking77.py, answered in free text, exact match. The found settings hold when their training is within
2 points of the best whole training on the test messages, or among the four best. OPENBLAS_* is unset.
"""
import argparse, csv, json, random, resource, shutil, statistics, sys, tempfile, time
from pathlib import Path

import common

SPACE = {"learning_rate": (1e-4, 2e-2), "rank": [4, 8, 16, 32], "warmup": (0.0, 0.3), "schedule": ["cosine", "linear", "constant"]}

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("model"), a.add_argument("data", type=Path), a.add_argument("out", type=Path)
a.add_argument("--seeds", default="1,2,3"), a.add_argument("--runs", type=int, default=16)
a.add_argument("--trials", type=int, default=10), a.add_argument("--budget", type=float, default=2.6), a.add_argument("--epochs", type=int, default=2)
a.add_argument("--examples", type=int, default=480), a.add_argument("--validation", type=int, default=200), a.add_argument("--test", type=int, default=500)
a.add_argument("--method", default="tpe"), a.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "sartor-bench-search")
a = a.parse_args()
sitting = common.Sitting(a.sartor)
asked = {key: getattr(a, key) for key in ("model", "epochs", "examples", "validation", "test")}
searched = {key: getattr(a, key) for key in ("method", "trials", "budget")}


def sartor(folder, *options):
    done = common.sartor(a.sartor, *options, "--project", folder, "--json", stop=False)
    if done.returncode > 1:
        if "the training diverged" in done.stderr:
            return None
        sys.exit(f"sartor {' '.join(options)}\n{done.stderr[-3000:]}")
    return json.loads(done.stdout[done.stdout.index("{"):])


def rows(file, seed):
    read = list(csv.DictReader(open(a.data / file, encoding="utf-8")))
    random.Random(seed).shuffle(read)
    return [{"prompt": row["text"], "completion": row["category"].replace("_", " ")} for row in read]


def project(name, seed, tune):
    folder = a.work / name
    folder.mkdir(parents=True, exist_ok=True)
    train, test = rows("train.csv", 0), rows("test.csv", 1)
    for split, part in (("train", train[:a.examples]), ("validation", train[a.examples:a.examples + a.validation]), ("test", test[:a.test])):
        (folder / f"{split}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in part), encoding="utf-8")
    (folder / "sartor.yaml").write_text(f"""name: banking
model: {a.model}
seed: {seed}
approaches: [tune]
tune: {{epochs: {a.epochs}, max_forgetting: 1, {tune}}}
tasks:
  - name: intent
    instruction: Say what the customer wants.
    metric: exact_match
    max_answer_tokens: 16
    leakage: drop-from-training
    prompt: {{system: 'Name the intent.', user: '{{{{ question }}}}'}}
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""", encoding="utf-8")
    return folder


def processor():
    """Seconds of processor time of all commands until now, which other programs beside them hardly change."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(folder):
    """A training, found or made, and its score on the test messages: none where it diverged."""
    begun, used = time.time(), processor()
    tuned = sartor(folder, "tune", "intent")
    seconds, used = time.time() - begun, processor() - used
    if tuned is None:
        return {}, {"validation": 0.0, "test": 0.0, "diverged": True, "seconds": round(seconds, 1), "processor_seconds": round(used, 1)}
    compared = sartor(folder, "compare", "intent")
    score = compared["tasks"][0]["candidates"][0]["score"]
    return tuned, {"validation": max(tuned["validation"].values()), "test": round(score, 4), "seconds": round(seconds, 1), "processor_seconds": round(used, 1)}


def point(chance):
    """As the search draws it."""
    drawn = {}
    for key, values in SPACE.items():
        if isinstance(values, list):
            drawn[key] = chance.choice(values)
        else:
            least, most = values
            place = chance.random()
            drawn[key] = float(f"{least * (most / least) ** place if least > 0 else least + (most - least) * place:.4g}")
    return drawn


def space():
    ranges = {key: values if isinstance(values, list) else {"from": values[0], "to": values[1], "scale": "log" if values[0] > 0 else "linear"}
              for key, values in SPACE.items()}
    return json.dumps(ranges)


def write():
    common.write(a.out, sitting.about() | result, 1)


def judge(part):
    full = sorted((run["test"] for run in part["full"]), reverse=True)
    found = part["search"]["test"]
    part["best_of_full"], part["behind_points"] = full[0], round(100 * (full[0] - found), 2)
    part["rank_among_full"] = 1 + sum(score > found for score in full)
    for kind in ("seconds", "processor_seconds"):
        whole = [run[kind] for run in part["full"] if kind in run]
        if kind in part["search"] and whole:
            part["times_a_full_run_in_" + kind] = round(part["search"][kind] / statistics.median(whole), 2)
    part["holds"] = part["behind_points"] <= 2 or part["rank_among_full"] <= 4


result = common.read(a.out)
if result.get("asked", asked) != asked:
    sys.exit(f"{a.out} is of other options ({result['asked']}): name another file, or remove it.")
result = {"asked": asked, "space": SPACE, "seeds": result.get("seeds", {})}
for seed in a.seeds.split(","):
    part = result["seeds"].setdefault(seed, {"full": []})
    if part.get("search", {}).get("asked") != searched:
        folder = project(f"search-{seed}-{a.trials}-{a.budget:g}", seed, f"search: {{method: {a.method}, trials: {a.trials}, budget: {a.budget:g}, space: {space()}}}")
        tuned, figures = measured(folder)
        search = tuned["search"]
        # A search that was stopped has its seconds in its trials.
        figures["seconds"] = round(sum(trial["seconds"] for trial in search["trials"]), 1)
        part["search"] = {"asked": searched} | figures | {"settings": search["settings"], "rungs": search["rungs"], "trials": search["trials"]}
        write()
    chance = random.Random(1000 + int(seed))
    points = [point(chance) for _ in range(a.runs)]
    for i, settings in enumerate(points):
        if i >= len(part["full"]):
            folder = project(f"full-{seed}-{i}", seed, ", ".join(f"{key}: {value}" for key, value in settings.items()))
            _, figures = measured(folder)
            part["full"].append({"settings": settings} | figures)
            shutil.rmtree(folder)
            write()
    if part["full"]:
        judge(part)
        write()
        print(json.dumps({"seed": seed} | {key: part[key] for key in ("best_of_full", "behind_points", "rank_among_full", "holds")}
                         | {"found": part["search"]["test"]}))

"""Candidates of a task with labels on Banking77, through `sartor compare`: what needs no language model beside what does.

usage: candidates.py SARTOR BANKING77_DIR OUT_JSON [--part whole|draws|few|scope] [--approaches nearest,linear] [--seeds 1,2,3,4,5] [--validation 1000]
  whole   all 77 intents: all training messages but those that are also among the test messages but for case, space and punctuation, of which
          --validation, drawn by the seed, choose and calibrate; all 3,080 test messages. `linear` beside scikit-learn's LogisticRegression on the
          same vectors and the same grid of C by five-fold cross-validation, where scikit-learn is installed (pip install scikit-learn)
  draws   five draws of ten intents: 300 training and 100 validation messages, and all of their test messages; by default with `tune` and `encoder`,
          some 4 minutes a draw. What `compare` ships less `tuned`, message by message over all draws, with a bootstrap's 95 % interval
  few     draws of 8 training and 2 validation messages for each of the 77 intents (by default three), and all 3,080 test messages: `setfit` and `linear`,
          some 4 minutes a draw; setfit less linear, message by message over all draws, with a bootstrap's 95 % interval. Beside it the package `setfit`
          (pip install setfit) on the same embedder, where it is installed and --peer names the embedder's folder
  scope   ten of the 77 intents, drawn by the seed, are out of scope: none of their training messages is there, and their validation and test messages have the
          label `none`. How well each candidate tells them, by AUROC of its confidence and by what it says; one draw for each of --seeds
Results of the other parts stay in OUT_JSON.
"""
import argparse, collections, csv, json, os, random, re, subprocess, sys, tempfile, time, urllib.request
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("data", type=Path), a.add_argument("out", type=Path)
a.add_argument("--part", choices=["whole", "draws", "few", "scope"], default="whole"), a.add_argument("--approaches")
a.add_argument("--seeds"), a.add_argument("--peer", type=Path), a.add_argument("--validation", type=int, default=1000)
a = a.parse_args()
a.seeds = a.seeds or ("1,2,3" if a.part in ("few", "scope") else "1,2,3,4,5")


def messages(name):
    with open(a.data / (name + ".csv"), newline="") as file:
        return [{"text": row["text"], "label": row["category"]} for row in csv.DictReader(file)]


def plain(text):
    return re.sub(r"[\W_]+", "", text.lower())


def project(folder, labels, rows, approaches, seed, racing=True, more=""):
    for split, some in rows.items():
        common.write_lines(folder / (split + ".jsonl"), some)
    (folder / "sartor.yaml").write_text(f"""name: banking
approaches: [{approaches}]
racing: {json.dumps(racing)}
seed: {seed}
tune: {{epochs: 4, batch: 16, learning_rate: 1e-3}}
tasks:
  - name: intent
    instruction: Name the customer's intent.
    labels: {json.dumps(sorted(labels))}
    margin: 0.05
{more}    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""")


def compared(folder):
    start = time.time()
    task = common.sartor_json(a.sartor, "compare", "--project", folder, "--json", accepts=(0, 1))["tasks"][0]
    found = {each["name"]: {key: each.get(key) for key in ("score", "low", "high", "seconds_per_answer", "setup_seconds", "cost_per_1000", "reliability", "out_of_scope")}
             for each in task["candidates"]}
    answers = {each["name"]: common.lines(folder / "runs" / each["run"] / "answers.jsonl") for each in task["candidates"]}
    return task, found, answers, round(time.time() - start, 1)


def vectors(folder, texts):
    """As the candidates see them: of the embedder that a server of the project has."""
    port = common.free_port()
    server = subprocess.Popen([*common.launcher(a.sartor), "serve", "intent/linear", "--project", folder, "--port", str(port)], env=common.environment(),
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).read()
                break
            except OSError:
                time.sleep(0.5)
        made = []
        for at in range(0, len(texts), 512):
            body = json.dumps({"model": "all-minilm-l6-v2", "input": texts[at:at + 512]}).encode()
            request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/embeddings", body, {"Content-Type": "application/json"})
            made += [each["embedding"] for each in json.load(urllib.request.urlopen(request, timeout=600))["data"]]
        return made
    finally:
        server.terminate()
        server.wait()


def scikit_learn(folder, rows):
    try:
        import sklearn
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import GridSearchCV, StratifiedKFold
    except ImportError:
        return None
    embedded = vectors(folder, [row["text"] for split in ("train", "test") for row in rows[split]])
    known, asked = embedded[:len(rows["train"])], embedded[len(rows["train"]):]
    search = GridSearchCV(LogisticRegression(max_iter=2000), {"C": [0.1, 1, 10, 100, 1000]}, cv=StratifiedKFold(5, shuffle=True, random_state=1), n_jobs=2)
    start = time.time()
    search.fit(known, [row["label"] for row in rows["train"]])
    return {"version": sklearn.__version__, "C": search.best_params_["C"], "fit_seconds": round(time.time() - start, 1),
            "score": round(search.score(asked, [row["label"] for row in rows["test"]]), 4)}


def whole(folder):
    test = messages("test")
    known = {plain(row["text"]) for row in test}
    train = [row for row in messages("train") if plain(row["text"]) not in known]
    random.Random(1).shuffle(train)
    rows = {"validation": train[:a.validation], "train": train[a.validation:], "test": test}
    project(folder, {row["label"] for row in test}, rows, a.approaches or "nearest, linear", 1)
    _, found, _, seconds = compared(folder)
    return {"rows": {split: len(some) for split, some in rows.items()}, "candidates": found, "compare_seconds": seconds,
            "scikit_learn": scikit_learn(folder, rows) if "linear" in found else None}


def draw(folder, seed):
    chance = random.Random(seed)
    train, test = messages("train"), messages("test")
    labels = chance.sample(sorted({row["label"] for row in test}), 10)
    test = [row for row in test if row["label"] in labels]
    known = {plain(row["text"]) for row in test}
    by_label = collections.defaultdict(list)
    for row in train:
        if row["label"] in labels and plain(row["text"]) not in known:
            by_label[row["label"]].append(row)
    rows = {"train": [], "validation": [], "test": test}
    for label in labels:
        some = chance.sample(by_label[label], 40)
        rows["train"] += some[:30]
        rows["validation"] += some[30:]
    project(folder, labels, rows, a.approaches or "nearest, linear, encoder, tune", seed)
    task, found, answers, seconds = compared(folder)
    shipped = task["verdict"]["candidate"]
    gains = [one["score"] - other["score"] for one, other in zip(answers[shipped], answers["tuned"])] if "tuned" in answers else []
    return {"seed": seed, "labels": labels, "test": len(test), "verdict": task["verdict"]["kind"], "shipped": shipped, "candidates": found,
            "compare_seconds": seconds}, gains


def scope(folder, seed):
    chance = random.Random(seed)
    test = messages("test")
    known = {plain(row["text"]) for row in test}
    out = set(chance.sample(sorted({row["label"] for row in test}), 10))
    train = [row for row in messages("train") if plain(row["text"]) not in known]
    chance.shuffle(train)
    named = lambda rows: [row | {"label": "none" if row["label"] in out else row["label"]} for row in rows]
    rows = {"validation": named(train[:a.validation]), "train": [row for row in train[a.validation:] if row["label"] not in out], "test": named(test)}
    project(folder, {row["label"] for row in rows["test"]}, rows, a.approaches or "nearest, linear", seed, racing=False, more="    out_of_scope: none\n")
    _, found, _, seconds = compared(folder)
    return {"seed": seed, "out_of_scope": sorted(out), "rows": {split: len(some) for split, some in rows.items()}, "candidates": found, "compare_seconds": seconds}


def few(folder, seed):
    chance = random.Random(seed)
    test = messages("test")
    known = {plain(row["text"]) for row in test}
    by_label = collections.defaultdict(list)
    for row in messages("train"):
        if plain(row["text"]) not in known:
            by_label[row["label"]].append(row)
    rows = {"train": [], "validation": [], "test": test}
    for label in sorted(by_label):
        some = chance.sample(by_label[label], 10)
        rows["train"] += some[:8]
        rows["validation"] += some[8:]
    project(folder, by_label, rows, a.approaches or "linear, setfit", seed, racing=False)
    _, found, answers, seconds = compared(folder)
    gains = [one["score"] - other["score"] for one, other in zip(answers["setfit"], answers["linear"])] if {"setfit", "linear"} <= set(answers) else []
    return {"seed": seed, "candidates": found, "compare_seconds": seconds, "peer": setfit_package(rows, seed)}, gains


def setfit_package(rows, seed):
    """The score of the package `setfit` with its usual settings."""
    if not a.peer:
        return None
    try:
        import datasets, setfit
    except ImportError:
        return None
    names = sorted({row["label"] for row in rows["train"]})
    model = setfit.SetFitModel.from_pretrained(str(a.peer), labels=names)
    made = datasets.Dataset.from_list([{"text": row["text"], "label": names.index(row["label"])} for row in rows["train"]])
    start = time.time()
    setfit.Trainer(model=model, args=setfit.TrainingArguments(seed=seed), train_dataset=made).train()
    seconds = time.time() - start
    said = model.predict([row["text"] for row in rows["test"]])
    return {"version": setfit.__version__, "train_seconds": round(seconds, 1),
            "score": round(sum(str(one) == row["label"] for one, row in zip(said, rows["test"])) / len(rows["test"]), 4)}


def interval(gains):
    chance = random.Random(1)
    means = sorted(sum(chance.choices(gains, k=len(gains))) / len(gains) for _ in range(2000))
    return {"messages": len(gains), "mean": round(sum(gains) / len(gains), 4), "low": round(means[50], 4), "high": round(means[1949], 4)}


sitting = common.Sitting(a.sartor)
with tempfile.TemporaryDirectory() as work:
    if a.part == "whole":
        result = whole(Path(work))
    elif a.part == "scope":
        draws = []
        for seed in map(int, a.seeds.split(",")):
            folder = Path(work) / str(seed)
            folder.mkdir()
            draws.append(scope(folder, seed))
            print(json.dumps({"seed": seed} | {name: each["out_of_scope"] for name, each in draws[-1]["candidates"].items()}), file=sys.stderr, flush=True)
        result = {"draws": draws}
    elif a.part == "few":
        draws, gains = [], []
        for seed in map(int, a.seeds.split(",")):
            folder = Path(work) / str(seed)
            folder.mkdir()
            made, gained = few(folder, seed)
            draws.append(made)
            gains += gained
            print(json.dumps({"seed": seed} | {name: round(each["score"], 3) for name, each in made["candidates"].items()} | {"peer": made["peer"]}),
                  file=sys.stderr, flush=True)
        result = {"draws": draws, "setfit_less_linear": interval(gains) if gains else None}
    else:
        draws, gains = [], []
        for seed in map(int, a.seeds.split(",")):
            folder = Path(work) / str(seed)
            folder.mkdir()
            made, gained = draw(folder, seed)
            draws.append(made)
            gains += gained
            print(json.dumps({"seed": seed, "shipped": made["shipped"]} | {name: round(each["score"], 3) for name, each in made["candidates"].items()}),
                  file=sys.stderr, flush=True)
        result = {"draws": draws, "shipped_less_tuned": interval(gains) if gains else None}
kept = common.read(a.out)
kept[a.part] = sitting.about() | result
common.write(a.out, kept)
print(json.dumps(result, indent=1))

"""Candidates of a task with labels on Banking77, through `sartor compare`: what needs no language model beside what does.

usage: candidates.py SARTOR BANKING77_DIR OUT_JSON [--part whole|draws|few|scope] [--approaches nearest,linear] [--seeds 1,2,3,4,5] [--validation 1000]
                     [--epochs 4] [--most-training N] [--keep FOLDER]
  whole   all 77 intents: all training messages but those that are also among the test messages but for case, space and punctuation, of which
          --validation, drawn by the seed, choose and calibrate; all 3,080 test messages. Nobody is dropped, and the margin is one point: what
          `cascade` costs of the best one, and its share of right answers less the best's. `linear` beside scikit-learn's LogisticRegression on the
          same vectors and the same grid of C by five-fold cross-validation, where scikit-learn is installed (pip install scikit-learn).
          --keep FOLDER keeps the project, so that more candidates can be measured later beside those there are
  draws   five draws of ten intents: 300 training and 100 validation messages, and all of their test messages; by default with `tune` and `encoder`,
          some 4 minutes a draw. What `compare` ships less `tuned`, message by message over all draws, with a bootstrap's 95 % interval
  few     draws of 8 training and 2 validation messages for each of the 77 intents (by default three), and all 3,080 test messages: `setfit` and `linear`,
          some 4 minutes a draw; setfit less linear, message by message over all draws, with a bootstrap's 95 % interval.
  scope   ten of the 77 intents, drawn by the seed, are out of scope: none of their training messages is there, and their validation and test messages have the
          label `none`. How well each candidate tells them, by AUROC of its confidence and by what it says; one draw for each of --seeds
Results of the other parts stay in OUT_JSON.
"""
import argparse, collections, contextlib, csv, json, os, random, re, subprocess, sys, tempfile, time, urllib.request
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("data", type=Path), a.add_argument("out", type=Path)
a.add_argument("--part", choices=["whole", "draws", "few", "scope"], default="whole"), a.add_argument("--approaches")
a.add_argument("--seeds"), a.add_argument("--validation", type=int, default=1000)
a.add_argument("--epochs", type=int, default=4, help="of the language model's training"), a.add_argument("--keep", type=Path)
a.add_argument("--most-training", type=int, default=100_000, help="training messages of the whole")
a = a.parse_args()
a.seeds = a.seeds or ("1,2,3" if a.part in ("few", "scope") else "1,2,3,4,5")


def messages(name):
    with open(a.data / (name + ".csv"), newline="") as file:
        return [{"text": row["text"], "label": row["category"]} for row in csv.DictReader(file)]


def plain(text):
    return re.sub(r"[\W_]+", "", text.lower())


def training(test):
    """All training messages but those that are also among the test messages."""
    known = {plain(row["text"]) for row in test}
    return [row for row in messages("train") if plain(row["text"]) not in known]


def sampled(rows, labels, count, chance):
    """So many messages of each of the labels."""
    by_label = collections.defaultdict(list)
    for row in rows:
        by_label[row["label"]].append(row)
    return [chance.sample(by_label[label], count) for label in labels]


def gained(answers, ours, theirs):
    """Message by message; empty where one of the two was not measured."""
    if not {ours, theirs} <= set(answers):
        return []
    other = {each["id"]: each["score"] for each in answers[theirs]}
    return [each["score"] - other[each["id"]] for each in answers[ours]]


def project(folder, labels, rows, approaches, seed, racing=True, margin=0.05, more=""):
    for split, some in rows.items():
        common.write_lines(folder / (split + ".jsonl"), some)
    (folder / "sartor.yaml").write_text(f"""name: banking
approaches: [{approaches}]
racing: {json.dumps(racing)}
seed: {seed}
tune: {{epochs: {a.epochs}, batch: 16, learning_rate: 1e-3}}
tasks:
  - name: intent
    instruction: Name the customer's intent.
    labels: {json.dumps(sorted(labels))}
    margin: {margin}
{more}    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""")


def compared(folder):
    start = time.time()
    task = common.sartor_json(a.sartor, "compare", "--project", folder, "--json", accepts=(0, 1))["tasks"][0]
    found = {each["name"]: {key: each.get(key) for key in ("score", "low", "high", "seconds_per_answer", "setup_seconds", "cost_per_1000", "reliability", "out_of_scope", "run")}
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
    train = training(test)
    random.Random(1).shuffle(train)
    rows = {"validation": train[:a.validation], "train": train[a.validation:][:a.most_training], "test": test}
    project(folder, {row["label"] for row in test}, rows, a.approaches or "tfidf, nearest, linear, cascade", 1, racing=False, margin=0.01)
    _, found, answers, seconds = compared(folder)
    return {"rows": {split: len(some) for split, some in rows.items()}, "epochs": a.epochs, "candidates": found, "cascade": cascade(folder, found, answers), "compare_seconds": seconds,
            "scikit_learn": scikit_learn(folder, rows) if "linear" in found else None}


def cascade(folder, found, answers):
    """Of which two it is made, what it costs of the best single candidate by test score, and how much better it is, message by message."""
    if "cascade" not in found:
        return None
    best = max((name for name in found if name != "cascade"), key=lambda name: found[name]["score"])
    parts = common.read(folder / "runs" / found["cascade"]["run"] / "run.json")["setup"]["cascade"]
    return {"parts": parts, "best": best, "cost_of_best": round(found["cascade"]["cost_per_1000"] / found[best]["cost_per_1000"], 3),
            "seconds_of_best": round(found["cascade"]["seconds_per_answer"] / found[best]["seconds_per_answer"], 3),
            "less_best": common.mean_interval(gained(answers, "cascade", best))}


def draw(folder, seed):
    chance = random.Random(seed)
    test = messages("test")
    labels = chance.sample(sorted({row["label"] for row in test}), 10)
    test = [row for row in test if row["label"] in labels]
    drawn = sampled(training(test), labels, 40, chance)
    rows = {"train": [row for some in drawn for row in some[:30]], "validation": [row for some in drawn for row in some[30:]], "test": test}
    project(folder, labels, rows, a.approaches or "nearest, linear, encoder, tune", seed)
    task, found, answers, seconds = compared(folder)
    shipped = task["verdict"]["candidate"]
    return {"labels": labels, "test": len(test), "verdict": task["verdict"]["kind"], "shipped": shipped, "candidates": found, "compare_seconds": seconds}, \
        gained(answers, shipped, "tuned")


def scope(folder, seed):
    chance = random.Random(seed)
    test = messages("test")
    out = set(chance.sample(sorted({row["label"] for row in test}), 10))
    train = training(test)
    chance.shuffle(train)

    def named(rows):
        return [row | {"label": "none" if row["label"] in out else row["label"]} for row in rows]

    rows = {"validation": named(train[:a.validation]), "train": [row for row in train[a.validation:] if row["label"] not in out], "test": named(test)}
    project(folder, {row["label"] for row in rows["test"]}, rows, a.approaches or "nearest, linear", seed, racing=False, more="    out_of_scope: none\n")
    _, found, _, seconds = compared(folder)
    return {"out_of_scope": sorted(out), "rows": {split: len(some) for split, some in rows.items()}, "candidates": found, "compare_seconds": seconds}, []


def few(folder, seed):
    chance = random.Random(seed)
    test = messages("test")
    labels = sorted({row["label"] for row in test})
    drawn = sampled(training(test), labels, 10, chance)
    rows = {"train": [row for some in drawn for row in some[:8]], "validation": [row for some in drawn for row in some[8:]], "test": test}
    project(folder, labels, rows, a.approaches or "linear, setfit", seed, racing=False)
    _, found, answers, seconds = compared(folder)
    return {"candidates": found, "compare_seconds": seconds}, gained(answers, "setfit", "linear")


def drawn(work):
    """The part's draws, and what one candidate gains over another over all of them."""
    part, gain = {"draws": (draw, "shipped_less_tuned"), "few": (few, "setfit_less_linear"), "scope": (scope, None)}[a.part]
    draws, gains = [], []
    for seed in map(int, a.seeds.split(",")):
        folder = work / str(seed)
        folder.mkdir(exist_ok=True)
        made, more = part(folder, seed)
        draws.append({"seed": seed} | made)
        gains += more
        said = {name: each["out_of_scope"] or round(each["score"], 3) for name, each in made["candidates"].items()}
        print(json.dumps({"seed": seed} | said), file=sys.stderr, flush=True)
    return {"draws": draws} | ({gain: common.mean_interval(gains)} if gains else {})


sitting = common.Sitting(a.sartor)
with contextlib.nullcontext(a.keep) if a.keep else tempfile.TemporaryDirectory() as work:
    Path(work).mkdir(parents=True, exist_ok=True)
    result = whole(Path(work)) if a.part == "whole" else drawn(Path(work))
kept = common.read(a.out)
kept[a.part] = sitting.about() | result
common.write(a.out, kept)
print(json.dumps(result, indent=1))

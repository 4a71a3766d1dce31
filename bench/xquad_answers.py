"""Answers from XQuAD's 240 English passages: does the search find the right one, and how often is an answer right and in its sources, with retrieval,
with an adapter tuned for reading, and with that adapter alone?

usage: xquad_answers.py SARTOR XQUAD_JSON OUT_JSON [--model smollm2-135m-instruct] [--train 400] [--test 300] [--epochs 2] [--work DIR]
  XQUAD_JSON  the passages become 240 documents; 300 questions of 60 passages are the test, questions of the other passages train and choose
  --work      where the projects lie; what was stopped goes on there
Three projects, each through `sartor compare`: one that shows five passages and says one token (recall@5), one with the approaches zero-shot, retrieval and
tune+retrieval (own_training), and one whose model is the second's with its adapter merged in (`sartor models export`), asked without passages. A citation is
a passage that a sentence cites, or else the one in which the check found it; it contains the answer when its text contains one of the references.
"""
import argparse, json, random, re, string, tempfile, time
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("xquad", type=Path), a.add_argument("out", type=Path)
a.add_argument("--model", default="smollm2-135m-instruct"), a.add_argument("--passages", default="[1, 3]")
a.add_argument("--train", type=int, default=400), a.add_argument("--validation", type=int, default=60), a.add_argument("--test", type=int, default=300)
a.add_argument("--epochs", type=int, default=2), a.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "sartor-bench-xquad")
a = a.parse_args()
sitting = common.Sitting(a.sartor)


def sartor(*command):
    started = time.time()
    done = common.sartor(a.sartor, *command, accepts=(0, 1))
    return done.stdout, round(time.time() - started)


articles = json.load(open(a.xquad))["data"]
a.work.mkdir(parents=True, exist_ok=True)
documents = a.work / "documents"
passages = []
for article in articles:
    for number, paragraph in enumerate(article["paragraphs"]):
        path = documents / re.sub(r"\W+", "_", article["title"]) / f"{number + 1}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(paragraph["context"] + "\n", encoding="utf-8")
        passages.append((str(path.relative_to(documents)), paragraph["qas"]))
random.Random(1).shuffle(passages)


def rows(some):
    return [{"id": q["id"], "prompt": q["question"], "completion": list(dict.fromkeys(x["text"] for x in q["answers"]))[0]} for _, qas in some for q in qas]


asked, tested = 0, 0
while asked < a.test:
    asked += len(passages[tested][1])
    tested += 1
test, rest = rows(passages[:tested])[: a.test], rows(passages[tested:])
source = {q["id"]: path for path, qas in passages for q in qas}
references = {q["id"]: [x["text"] for x in q["answers"]] for _, qas in passages for q in qas}
random.Random(2).shuffle(rest)
parts = {"train": rest[a.validation : a.validation + a.train], "validation": rest[: a.validation], "test": test}


def project(name, model, approaches, retrieval, answer_tokens, more=""):
    folder = a.work / name
    folder.mkdir(exist_ok=True)
    for part, some in parts.items():
        (folder / f"{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in some), encoding="utf-8")
    (folder / "sartor.yaml").write_text(f"""name: xquad
model: {model}
documents: {documents}
approaches: {approaches}
retrieval: {{{retrieval}, chunk_tokens: 240, overlap_tokens: 0}}
tune: {{epochs: {a.epochs}, learning_rate: 1e-3, batch: 16, max_tokens: 2048}}
tune_retrieval: {{own_training: true}}
tasks:
  - name: answer
    instruction: Answer the question in as few words as possible, in the words of the passages.
    max_answer_tokens: {answer_tokens}
    leakage: drop-from-training
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
{more}""")
    _, seconds = sartor("compare", "--project", folder)
    task = json.load(open(folder / "runs" / "comparison.json"))["tasks"][0]
    return folder, {c["name"]: c for c in task["candidates"]}, task["pairs"], seconds


def plain(text):
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", "".join(c for c in text.lower() if c not in string.punctuation)).split())


def citations(folder, candidate):
    run = folder / "runs" / candidate["run"]
    answers = {row["id"]: row for row in common.lines(run / "answers.jsonl")}
    right = count = 0
    for checked in json.load(open(run / "checks.json"))["answers"]:
        shown = answers[checked["id"]]["passages"]
        for statement in checked["statements"]:
            cited = statement["cites"] or ([statement["source"]] if statement["is_supported"] else [])
            for number in cited if shown else []:
                count += 1
                text = plain(shown[number - 1]["text"]) if number <= len(shown) else ""
                right += any(plain(r) in text for r in references[checked["id"]])
    return common.wilson(right, count)


def figures(folder, candidate):
    keep = ("score", "low", "high", "unsupported", "chosen", "seconds_per_answer", "prompt_tokens", "setup_seconds")
    return {**{k: candidate[k] for k in keep}, "also": candidate["also"], "citations_with_the_answer": citations(folder, candidate)}


folder, found, _, seconds = project("recall", a.model, "[retrieval]", "passages: [5], order: [best-first]", 1)
answers = common.lines(folder / "runs" / found["retrieval"]["run"] / "answers.jsonl")
ranks = [next((i for i, p in enumerate(row["passages"]) if p["document"] == source[row["id"]]), 99) for row in answers]
result = {"model": a.model,
          "trained_on": len(parts["train"]), "chosen_on": len(parts["validation"]), "tested_on": len(test), "documents": len(passages), "epochs": a.epochs,
          "recall_at_5": common.wilson(sum(r < 5 for r in ranks), len(ranks)), "recall_at_1": common.wilson(sum(r < 1 for r in ranks), len(ranks)), "seconds": {"recall": seconds}}
folder, found, pairs, seconds = project("answers", a.model, "[zero-shot, retrieval, tune+retrieval]", f"passages: {a.passages}", 16)
result["seconds"]["answers"] = seconds
result["candidates"] = {name: figures(folder, candidate) for name, candidate in found.items()}
result["pairs"] = pairs
reading = json.load(open(folder / "runs" / found["tuned+retrieval"]["run"] / "run.json"))["adapter"]
merged = a.work / "merged"
if not merged.exists():
    sartor("models", "export", a.model, "--adapter", str(folder / "runs" / reading), "--as", "hf", "--out", str(merged))
alone, bare, _, seconds = project("alone", merged, "[zero-shot]", f"passages: {a.passages}", 16)
result["seconds"]["alone"] = seconds
result["candidates"]["the reading adapter without passages"] = figures(alone, bare["zero-shot"])
result = sitting.about() | result
common.write(a.out, result, 1)
print(json.dumps(result, indent=1))

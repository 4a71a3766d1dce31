"""A cross-encoder that `tune` trained, measured on SciFact: the usual search with and without it, with paired 95 % intervals.

usage: reranker.py SARTOR SCIFACT XQUAD OUT_JSON [--work DIR] [--pairs 2000] [--epochs 1] [--max-tokens 256] [--model all-minilm-l6-v2]
  SARTOR   the launcher, such as ./sartor
  SCIFACT  corpus.jsonl, queries.jsonl, qrels.trec
  XQUAD    xquad.en.json
  --work   where rows, the model, the index and runs are kept (default: bench-reranker beside OUT_JSON)
Half of the pairs are SciFact's titles with their abstracts, half XQuAD's questions with their passages, drawn by seed; a tenth of each is validation (of
XQuAD by passage). Nothing is trained or chosen on SciFact's questions: both weights, the usual .5 and 1 (the model alone), were fixed beforehand.
What is there already in --work is taken as it is.
"""
import argparse, json, os, random, time

import common

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("scifact"), a.add_argument("xquad"), a.add_argument("out"), a.add_argument("--work")
a.add_argument("--pairs", type=int, default=2000), a.add_argument("--epochs", type=int, default=1), a.add_argument("--max-tokens", type=int, default=256)
a.add_argument("--model", default="all-minilm-l6-v2")
a = a.parse_args()
work = a.work or os.path.join(os.path.dirname(os.path.abspath(a.out)), "bench-reranker")
os.makedirs(work, exist_ok=True)
sitting = common.Sitting(a.sartor)


def sartor(*command):
    start = time.time()
    return common.sartor(a.sartor, *command).stdout, time.time() - start


def pairs():
    """Training and validation pairs."""
    chance = random.Random(1)
    documents = common.lines(os.path.join(a.scifact, "corpus.jsonl"))
    titles = [(d["title"], d["text"]) for d in documents if d["title"].strip() and d["text"].strip()]
    chance.shuffle(titles)
    passages = [p for article in json.load(open(a.xquad))["data"] for p in article["paragraphs"]]
    chance.shuffle(passages)
    held = len(passages) // 10
    asked = [[(q["question"], p["context"]) for p in some for q in p["qas"]] for some in (passages[held:], passages[:held])]
    for some in asked:
        chance.shuffle(some)
    half = a.pairs // 2
    return titles[:half] + asked[0][:half], titles[half:half + half // 10] + asked[1][:half // 10]


def write(name, some):
    common.write_lines(os.path.join(work, name), ({"anchor": question, "positive": passage} for question, passage in some))


train, held = pairs()
write("task.jsonl", held[:1]), write("train.jsonl", train), write("validation.jsonl", held)
with open(os.path.join(work, "sartor.yaml"), "w") as f:
    f.write(f"""name: reranker
tasks: [{{name: none, instruction: none, approaches: [zero-shot], test: task.jsonl}}]  # a project has one; it is not run
trainings:
  - name: order
    objective: cross_encoder
    model: {a.model}
    train: train.jsonl
    validation: validation.jsonl
    negatives: 4
    tune: {{epochs: {a.epochs}, batch: 32, max_tokens: {a.max_tokens}}}
""")
tuned = json.loads(sartor("tune", "order", "--project", work, "--json")[0])
shelf = os.path.join(work, "shelf")
sartor("index", a.scifact, "--out", shelf, "--embedder", a.model, "--public")
qrels = os.path.join(a.scifact, "qrels.trec")


def measured(name, against=None, *more):
    run = os.path.join(work, name + ".trec")
    _, seconds = sartor("search", shelf, "--queries", os.path.join(a.scifact, "queries.jsonl"), "--trec", run, "--k", "100", *more)
    found = json.loads(sartor("evaluate", "retrieval", "--run", run, "--qrels", qrels, "--metric", "ndcg@10,recall@5,mrr", "--json",
                              *(["--against", os.path.join(work, against + ".trec")] if against else []))[0])
    row = {metric: round(m["score"]["value"], 4) for metric, m in found["metrics"].items()} | {"seconds_of_the_command": round(seconds, 1)}
    if against:
        d = found["metrics"]["ndcg@10"]["difference"]
        row["ndcg@10 more than without"] = {k: round(d[k], 4) for k in ("difference", "low", "high", "p")}
    return row


questions = sum(1 for _ in open(os.path.join(a.scifact, "queries.jsonl")))
rows = {"without": measured("without")}
for weight in ("0.5", "1"):
    name = "weight-" + weight
    rows[name] = measured(name, "without", "--rerank", tuned["model"], "--rerank-depth", "20", "--rerank-weight", weight)
    rows[name]["ms_more_per_question"] = round((rows[name]["seconds_of_the_command"] - rows["without"]["seconds_of_the_command"]) / questions * 1000)
    result = sitting.about() | {
              "trained": {"model": a.model, "pairs": len(train), "validation_pairs": len(held), "negatives": 4, "epochs": a.epochs, "max_tokens": a.max_tokens,
                          "seconds": round(tuned["seconds"]), "validation_ndcg@10_by_epoch": tuned["validation"], "kept_epoch": tuned["kept_epoch"]},
              "questions": questions, "depth": 20, "runs": rows}
    common.write(a.out, result)
print(json.dumps(result))

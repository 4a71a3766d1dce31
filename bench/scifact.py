"""Finding in BEIR's SciFact: what each step of the search adds, with paired 95 % intervals over the test questions.

usage: scifact.py SARTOR MODEL FOLDER OUT_JSON [--work DIR]
  SARTOR  the launcher, such as ./sartor
  MODEL   the embedder: all-minilm-l6-v2, or a folder
  FOLDER  corpus.jsonl, queries.jsonl, qrels.trec
  --work  where indexes and runs are kept (default: bench-scifact beside OUT_JSON)
Twice: each document one passage, its vector of its first 256 tokens (what others' published figures are of), and in passages as usual.
"""
import argparse, json, os

import common

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("model"), a.add_argument("folder"), a.add_argument("out"), a.add_argument("--work")
a = a.parse_args()
work = a.work or os.path.join(os.path.dirname(os.path.abspath(a.out)), "bench-scifact")
sitting = common.Sitting(a.sartor)


def run(*command):
    return common.sartor_json(a.sartor, *command)


def measured(run_file, against=None):
    found = run("evaluate", "retrieval", "--run", run_file, "--qrels", os.path.join(a.folder, "qrels.trec"), "--metric", "ndcg@10,recall@5,recall@100,mrr,map",
                "--json", *(["--against", against] if against else []))
    scores = {name: round(m["score"]["value"], 4) for name, m in found["metrics"].items()}
    if against:
        d = found["metrics"]["ndcg@10"]["difference"]
        scores["ndcg@10 more than the step before"] = {k: round(d[k], 4) for k in ("difference", "low", "high", "p")}
    return scores


result = {"model": a.model}
for form in ("whole", "passages"):
    out = os.path.join(work, form)
    made = run("bench", "retrieval", "--model", a.model, "--corpus", os.path.join(a.folder, "corpus.jsonl"), "--queries",
               os.path.join(a.folder, "queries.jsonl"), "--out", out, "--json", *(["--whole"] if form == "whole" else []))
    steps, before = {}, None
    for way in ("words", "meaning", "ranks", "scores", "usual"):
        file = made[way]["run"]
        steps[way] = measured(file, before) | {"ms_per_query": made[way]["ms_per_query"]}
        before = file
    result[form] = {"passages": made["passages"], "queries": made["queries"], "steps": steps}
result = sitting.about() | result
common.write(a.out, result)
print(json.dumps(result))

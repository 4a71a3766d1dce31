"""Writes retrieval.json: rankings with ties, graded and negative relevance, unjudged and missing documents, as trec_eval scores them.

Needs: pytrec-eval-terrier (or pytrec_eval). Usage: retrieval.py > retrieval.json
"""
import json, random, pytrec_eval

R = random.Random(17)
IDS = [f"d{i}" for i in range(60)] + ["Ä", "ä", "z", "Z", "東京", "\U0001F600", "\uFFFD", "d-1", "a/b.md"]
qrels, run = {}, {}
for i in range(80):
    judged = R.sample(IDS, R.randint(1, 25))
    qrels[f"q{i}"] = {d: R.choice([0, 0, 1, 1, 2, 3, -1]) for d in judged}
    found = R.sample(IDS, R.randint(1, 60))
    kind = i % 4  # distinct, many ties, equal but beyond 32 bits, large and negative
    run[f"q{i}"] = {d: [R.random(), R.choice([.1, .2, .3]), 1 + R.random() * 1e-9, R.uniform(-1e6, 1e6)][kind] for d in found}
names = {"ndcg@1": "ndcg_cut_1", "ndcg@10": "ndcg_cut_10", "ndcg@100": "ndcg_cut_100", "ndcg": "ndcg", "recall@5": "recall_5", "recall@10": "recall_10",
         "recall@100": "recall_100", "mrr": "recip_rank", "map": "map", "map@10": "map_cut_10"}
got = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg", "ndcg_cut.1,10,100", "recall.5,10,100", "recip_rank", "map", "map_cut.10"}).evaluate(run)
print(json.dumps({"qrels": qrels, "run": run, "scores": {q: {n: got[q][t] for n, t in names.items()} for q in got}}, ensure_ascii=False))

"""Embeddings beside sentence-transformers, in one sitting on an idle machine: documents a second in bf16.

usage: embed.py SARTOR MODEL CORPUS_JSONL OUT_JSON [--peer PYTHON MODEL_DIR] [--limit 500] [--rounds 5]
  SARTOR   the launcher, such as ./sartor
  MODEL    all-minilm-l6-v2, or a folder
  CORPUS   a JSON object on each line with `title` and `text`, such as SciFact's corpus.jsonl
  --peer   a Python with torch and sentence-transformers, and the same model as a folder
Both sides embed the first `limit` texts, cut at 256 tokens, after 64 to warm up; rounds of the two alternate, and the ratio of each round
is taken: its median and range. OPENBLAS_* is unset for both sides.
"""
import argparse, json

import common

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("model"), a.add_argument("corpus"), a.add_argument("out")
a.add_argument("--peer", nargs=2), a.add_argument("--limit", default="500"), a.add_argument("--rounds", type=int, default=5)
a = a.parse_args()
SPEED = "documents_per_second"
sides = {"sartor": lambda: common.sartor_json(a.sartor, "bench", "embed", "--model", a.model, "--jsonl", a.corpus, "--limit", a.limit, "--json")}
if a.peer:
    sides["peer"] = lambda: common.run_json(a.peer[0], common.REFERENCES / "peer_embed.py", a.peer[1], a.corpus, "--documents", a.limit, "--dtype", "bfloat16")
sitting = common.Sitting(a.sartor)
rounds = common.alternate(a.rounds, sides)
result = sitting.about() | {side: {SPEED: common.median_of(each, SPEED), "rounds": each} for side, each in rounds.items()}
if a.peer:
    result["times_the_peers_speed"] = common.ratio(*([each[SPEED] for each in rounds[side]] for side in ("sartor", "peer")))
    print(common.told(result["times_the_peers_speed"]))
common.write(a.out, result)
print(json.dumps({k: v for k, v in result.items() if k != "machine"}))

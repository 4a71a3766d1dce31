"""Embeddings beside sentence-transformers, in one sitting on an idle machine: documents a second in bf16.

usage: embed.py SARTOR MODEL CORPUS_JSONL OUT_JSON [--peer PYTHON MODEL_DIR] [--limit 500] [--rounds 4]
  SARTOR   the launcher, such as ./sartor
  MODEL    all-minilm-l6-v2, or a folder
  CORPUS   a JSON object on each line with `title` and `text`, such as SciFact's corpus.jsonl
  --peer   a Python with torch and sentence-transformers, and the same model as a folder
Both sides embed the first `limit` texts, cut at 256 tokens, after 64 to warm up; rounds of the two alternate, and the medians
are compared. OPENBLAS_* is unset for both sides.
"""
import argparse, json, os, platform, statistics, subprocess, sys, time

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("model"), a.add_argument("corpus"), a.add_argument("out")
a.add_argument("--peer", nargs=2), a.add_argument("--limit", default="500"), a.add_argument("--rounds", type=int, default=4)
a = a.parse_args()
environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}
PEER = os.path.join(os.path.dirname(__file__), "references", "peer_embed.py")


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


ours, peers = [], []
for _ in range(a.rounds):
    ours.append(run(a.sartor, "bench", "embed", "--model", a.model, "--jsonl", a.corpus, "--limit", a.limit, "--json"))
    if a.peer:
        peers.append(run(a.peer[0], PEER, a.peer[1], a.corpus, "--documents", a.limit, "--dtype", "bfloat16"))
median = lambda rounds: statistics.median(r["documents_per_second"] for r in rounds)
result = {"commit": subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip(), "date": time.strftime("%Y-%m-%d"),
          "machine": {"cores": os.cpu_count(), "processor": platform.processor() or platform.machine()},
          "sartor": {"documents_per_second": median(ours), "rounds": ours}}
if peers:
    result |= {"peer": {"documents_per_second": median(peers), "rounds": peers}, "times_the_peers_speed": round(median(ours) / median(peers), 2)}
json.dump(result, open(a.out, "w"), indent=2)
print(json.dumps({k: v for k, v in result.items() if k != "machine"}))

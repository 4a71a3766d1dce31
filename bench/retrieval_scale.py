"""Searching many passages: the time of a filtered hybrid query beyond its embedding, memory, size of the index, at 10,000 and 100,000.

usage: retrieval_scale.py SARTOR SCIFACT_CORPUS XQUAD_JSON OUT_JSON [--passages 10000,100000] [--work DIR]
Passages are eight sentences each, drawn by seed from both collections, no two sharing more than two; vectors of 384 numbers stand in for a model's.
Passage i belongs to group i mod 100; who asks is in 1, 10 or 100 of the groups.
"""
import argparse, json, os, platform, re, subprocess, sys, time

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("corpus"), a.add_argument("xquad"), a.add_argument("out")
a.add_argument("--passages", default="10000,100000"), a.add_argument("--work")
a = a.parse_args()
work = a.work or os.path.join(os.path.dirname(os.path.abspath(a.out)), "bench-scale")
os.makedirs(work, exist_ok=True)
texts = [json.loads(line)["text"] for line in open(a.corpus)]
texts += [p["context"] for article in json.load(open(a.xquad))["data"] for p in article["paragraphs"]]
sentences = dict.fromkeys(s for t in texts for s in re.split(r"(?<=[.!?])\s+", t) if len(s.split()) > 4)
rows = os.path.join(work, "sentences.jsonl")
with open(rows, "w") as f:
    f.writelines(json.dumps({"text": s}) + "\n" for s in sentences)

result = {"commit": subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip(), "date": time.strftime("%Y-%m-%d"),
          "machine": {"cores": os.cpu_count(), "processor": platform.processor() or platform.machine()}, "sentences": len(sentences), "sizes": []}
for count in a.passages.split(","):
    done = subprocess.run(a.sartor.split() + ["bench", "search", "--sentences", rows, "--passages", count, "--index", os.path.join(work, count)],
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    result["sizes"].append(json.loads(done.stdout.strip().splitlines()[-1]))
with open(a.out, "w") as f:
    json.dump(result, f, indent=2)
print(json.dumps(result))

"""A training that overfits on purpose, 40 examples of the sample's task for 20 epochs at a high rate, and what the guard does about it.

usage: forgetting.py SARTOR SAMPLE OUT_JSON [--rate 5e-3] [--epochs 20] [--max-forgetting 0.05]
SAMPLE is the folder of the sample project (samples/helpdesk). With --max-forgetting 1 nothing is watched for.
forgetting_usual.json: --rate 1e-3 --epochs 4 --each 30. The curve is what the run wrote itself: training.jsonl.
"""
import argparse, json, shutil, sys, tempfile, time
from collections import Counter
from pathlib import Path

import common

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("sample"), a.add_argument("out")
a.add_argument("--rate", default="5e-3"), a.add_argument("--epochs", type=int, default=20), a.add_argument("--each", type=int, default=4)
a.add_argument("--max-forgetting", default="0.05")
a = a.parse_args()
sitting = common.Sitting(a.sartor)
work = Path(tempfile.mkdtemp())
for split in ("train", "validation", "test"):
    (work / "route").mkdir(exist_ok=True)
    rows, seen = [], Counter()
    for line in Path(a.sample, "route", split + ".jsonl").read_text().splitlines():
        label = json.loads(line)["label"]
        seen[label] += 1
        if split == "test" or seen[label] <= (a.each if split == "train" else 3):
            rows.append(line)
    (work / "route" / (split + ".jsonl")).write_text("\n".join(rows) + "\n")
sample = Path(a.sample, "sartor.yaml").read_text()
labels = sample[sample.index("[billing"):].split("]")[0] + "]"
(work / "sartor.yaml").write_text(f"""name: overfitted
use: commercial
model: smollm2-135m-instruct
approaches: [zero-shot, tune]
tune: {{epochs: {a.epochs}, learning_rate: {a.rate}, max_forgetting: {a.max_forgetting}}}
tasks:
  - name: route
    instruction: Say which team of the help desk the customer's message is for.
    labels: {labels}
    metric: accuracy
    max_answer_tokens: 8
    train: route/train.jsonl
    validation: route/validation.jsonl
    test: route/test.jsonl
""")
begun = time.time()
process = common.sartor(a.sartor, "tune", "route", "--project", work, "--json", stop=False)
seconds = time.time() - begun
log = next(work.glob("runs/adapters/*/training.jsonl"), None)
lines = [json.loads(line) for line in log.read_text().splitlines()] if log else []
said = [line for line in process.stderr.splitlines() if "general ability" in line or "General ability" in line or "ends" in line or "ended" in line or "forgotten" in line]
result = sitting.about() | {
    "what": f"{a.epochs} epochs of {sum(1 for _ in open(work / 'route/train.jsonl'))} examples at {a.rate}, max_forgetting {a.max_forgetting}",
    "exit": process.returncode, "seconds": round(seconds, 1), "said": said,
    "steps": [[line["step"], round(line["loss"], 4)] for line in lines if line["kind"] == "step"],
    "checks": [{key: round(line[key], 4) for key in ("step", "epoch", "loss", "validation", "right_choice", "general_accuracy", "perplexity") if key in line}
               for line in lines if line["kind"] == "check"],
}
common.write(a.out, result, 1)
page = next(work.glob("runs/adapters/*/training.html"), None)
if page:
    shutil.copy(page, Path(a.out).with_suffix(".html"))
shutil.rmtree(work, ignore_errors=True)
print("\n".join(said) or process.stderr[-2000:])
stopped = any("tune.max_forgetting" in line for line in said)
print("stopped by the guard" if stopped else "NOT stopped by the guard", "after", result["checks"][-1]["step"] if result["checks"] else 0, "steps")
sys.exit(0 if stopped or a.max_forgetting == "1" else 1)

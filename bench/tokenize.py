"""Measures `sartor bench tokenize` on one core: four kinds of vocabulary on mixed English text, and hostile texts of 1 MB and 2 MB.

usage: tokenize.py DATA_DIR TOKENIZERS_DIR [--seconds 3] [--only NAME] (TOKENIZERS_DIR holds NAME.json for smollm2, llama2-like, t5-like, wordpiece)
Writes bench/results/tokenize.json. Run it on an idle machine.
"""
import csv, json, os, subprocess, sys, tempfile
from datetime import date
from pathlib import Path

root = Path(__file__).resolve().parent.parent
data, vocabularies = Path(sys.argv[1]), Path(sys.argv[2])
seconds = sys.argv[sys.argv.index("--seconds") + 1] if "--seconds" in sys.argv else "3"
only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
target = root / "bench/results/tokenize.json"
work = Path(tempfile.mkdtemp())
rows = [x["text"] for x in csv.DictReader(open(data / "banking77/train.csv"))][:3000]
rows += [json.loads(l)["question"] for l in open(data / "gsm8k/train.jsonl")][:2000]
rows += [json.loads(l)["text"] for l in open(data / "scifact/corpus.jsonl")][:1500]
(work / "rows.jsonl").write_text("\n".join(json.dumps(r) for r in rows) + "\n")
hostile = {"letter": "a", "blank": " ", "emoji": "🦊", "marks": "\u0301", "digits": "7", "control": "<|", "newline": "\n"}


def measure(folder, kind, file, seconds):
    env = dict(os.environ, JAVA_TOOL_OPTIONS="-XX:ActiveProcessorCount=1")
    command = ["taskset", "-c", "0", str(root / "sartor"), "bench", "tokenize", "--model", str(folder), kind, str(file), "--seconds", seconds, "--json"]
    out = subprocess.run(command, capture_output=True, text=True, env=env)
    if out.returncode:
        raise SystemExit(out.stderr)
    return json.loads(out.stdout.splitlines()[-1])


result = {"commit": subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True).stdout.strip(), "date": str(date.today()),
          "machine": {"cores_used": 1, "processor": os.uname().machine}, "english": {}, "hostile_seconds": {}}
if only and target.exists():
    before = json.loads(target.read_text())
    result["english"], result["hostile_seconds"] = before["english"], before["hostile_seconds"]
for name in [n for n in ["smollm2", "llama2-like", "t5-like", "wordpiece"] if only in ("", n)]:
    folder = work / name
    folder.mkdir()
    (folder / "tokenizer.json").write_bytes((vocabularies / f"{name}.json").read_bytes())
    got = measure(folder, "--jsonl", work / "rows.jsonl", seconds)
    result["english"][name] = {k: v for k, v in got.items() if k != "model"}
    print(name, result["english"][name], flush=True)
    slow = {}
    for what, unit in hostile.items():
        for size in (1, 2):
            file = work / "hostile.txt"
            file.write_text(unit * (size * 1_000_000 // len(unit.encode())))
            got = measure(folder, "--text", file, "0.3")
            slow[f"{what} {size} MB"] = round(size / max(got["encode_megabytes_per_second"], .01), 3)
    result["hostile_seconds"][name] = slow
    print(name, slow, flush=True)
target.write_text(json.dumps(result, indent=2) + "\n")

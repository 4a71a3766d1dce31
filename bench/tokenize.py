"""Measures `sartor bench tokenize` on one core beside Hugging Face's tokenizers (Rust): English text in the vocabularies of one folder, and hostile
texts of 1 MB and 4 MB.

usage: tokenize.py DATA_DIR TOKENIZERS_DIR [--seconds 3] [--only NAME] [--hf PYTHON]
TOKENIZERS_DIR holds a NAME.json (a tokenizer.json) or NAME.model (of sentencepiece) for each vocabulary; PYTHON is an interpreter with tokenizers.
Writes bench/results/tokenize.json. Run it on an idle machine.
"""
import csv, json, os, subprocess, sys, tempfile
from datetime import date
from pathlib import Path

root = Path(__file__).resolve().parent.parent
data, vocabularies = Path(sys.argv[1]), Path(sys.argv[2])
option = lambda name, otherwise: sys.argv[sys.argv.index(name) + 1] if name in sys.argv else otherwise
seconds, only, python = option("--seconds", "3"), option("--only", ""), option("--hf", "")
target = root / "bench/results/tokenize.json"
work = Path(tempfile.mkdtemp())
rows = [x["text"] for x in csv.DictReader(open(data / "banking77/train.csv"))][:3000]
rows += [json.loads(l)["question"] for l in open(data / "gsm8k/train.jsonl")][:2000]
rows += [json.loads(l)["text"] for l in open(data / "scifact/corpus.jsonl")][:1500]
(work / "rows.jsonl").write_text("\n".join(json.dumps(r) for r in rows) + "\n")
hostile = {"letter": "a", "blank": " ", "emoji": "🦊", "marks": "\u0301", "digits": "7", "control": "<|", "newline": "\n"}
alone = dict(os.environ, JAVA_TOOL_OPTIONS="-XX:ActiveProcessorCount=1", TOKENIZERS_PARALLELISM="false", RAYON_NUM_THREADS="1")

# Each text alone and all of them in one call; the best of the passes, as `sartor bench tokenize` takes it.
peer = """
import json, sys, time
from tokenizers import Tokenizer
tokenizer = Tokenizer.from_file(sys.argv[1])
tokenizer.no_truncation()
tokenizer.no_padding()
rows = [json.loads(l) for l in open(sys.argv[2])]
def best(encode):
    taken, end = 1e9, time.time() + 2 * float(sys.argv[3])
    while time.time() < end:
        start = time.perf_counter()
        tokens = encode()
        taken = min(taken, time.perf_counter() - start)
    return round(tokens / taken)
one = best(lambda: sum(len(tokenizer.encode(r, add_special_tokens=True).ids) for r in rows))
batch = best(lambda: sum(len(e.ids) for e in tokenizer.encode_batch_fast(rows)))
print(json.dumps({"hf_tokens_per_second": one, "hf_batch_tokens_per_second": batch}))
"""


def output(command):
    out = subprocess.run(["taskset", "-c", "0", *map(str, command)], capture_output=True, text=True, env=alone)
    if out.returncode:
        raise SystemExit(out.stderr)
    return json.loads(out.stdout.splitlines()[-1])


def measure(folder, kind, file, seconds):
    return output([root / "sartor", "bench", "tokenize", "--model", folder, kind, file, "--seconds", seconds, "--json"])


def folder_of(vocabulary):
    folder = work / vocabulary.name
    folder.mkdir()
    json_file = vocabulary.suffix == ".json"
    (folder / ("tokenizer.json" if json_file else "tokenizer.model")).write_bytes(vocabulary.read_bytes())
    if not json_file:
        (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "LlamaTokenizer"}')
    return folder


result = {"commit": subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True).stdout.strip(), "date": str(date.today()),
          "machine": {"cores_used": 1, "processor": os.uname().machine}, "english": {}, "hostile_seconds": {}}
if only and target.exists():
    before = json.loads(target.read_text())
    result["english"], result["hostile_seconds"] = before["english"], before["hostile_seconds"]
files = [f for f in vocabularies.iterdir() if f.suffix in (".json", ".model") and not f.name.endswith(".ids.json")]
for vocabulary in sorted(f for f in files if only in ("", f.stem)):
    name, folder = vocabulary.stem, folder_of(vocabulary)
    got = measure(folder, "--jsonl", work / "rows.jsonl", seconds)
    english = {k: v for k, v in got.items() if k != "model"}
    if python and vocabulary.suffix == ".json":
        english |= output([python, "-c", peer, vocabulary, work / "rows.jsonl", seconds])
    result["english"][name] = english
    print(name, english, flush=True)
    slow = {}
    for what, unit in hostile.items():
        for size in (1, 4):
            file = work / "hostile.txt"
            file.write_text(unit * (size * 1_000_000 // len(unit.encode())))
            got = measure(folder, "--text", file, "0.5")
            slow[f"{what} {size} MB"] = round(size / max(got["encode_megabytes_per_second"], .01), 3)
    result["hostile_seconds"][name] = slow
    print(name, slow, flush=True)
    target.write_text(json.dumps(result, indent=2) + "\n")

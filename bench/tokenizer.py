"""Measures `sartor bench tokenize` on one core beside Hugging Face's tokenizers (Rust): English text in the vocabularies of one folder, and hostile
texts of 1 MB and 4 MB.

usage: tokenizer.py DATA_DIR TOKENIZERS_DIR [--seconds 3] [--only NAME] [--hf PYTHON] [--rounds 3]
TOKENIZERS_DIR holds a NAME.json (a tokenizer.json) or NAME.model (of sentencepiece) for each vocabulary; PYTHON is an interpreter with tokenizers.
Rounds of the two alternate, and the ratio of each round is taken: its median and range. Writes bench/results/tokenizer.json. Run it on an idle machine.
"""
import argparse, csv, json, tempfile
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("data", type=Path), a.add_argument("vocabularies", type=Path), a.add_argument("--seconds", default="3")
a.add_argument("--only", default=""), a.add_argument("--hf", default=""), a.add_argument("--rounds", type=int, default=common.FEWEST_ROUNDS)
a = a.parse_args()
data, vocabularies, seconds, only, python = a.data, a.vocabularies, a.seconds, a.only, a.hf
target = common.RESULTS / "tokenizer.json"
sitting = common.Sitting()
work = Path(tempfile.mkdtemp())
rows = [x["text"] for x in csv.DictReader(open(data / "banking77/train.csv"))][:3000]
rows += [json.loads(l)["question"] for l in open(data / "gsm8k/train.jsonl")][:2000]
rows += [json.loads(l)["text"] for l in open(data / "scifact/corpus.jsonl")][:1500]
(work / "rows.jsonl").write_text("\n".join(json.dumps(r) for r in rows) + "\n")
hostile = {"letter": "a", "blank": " ", "emoji": "🦊", "marks": "\u0301", "digits": "7", "control": "<|", "newline": "\n"}
alone = common.environment(JAVA_TOOL_OPTIONS="-XX:ActiveProcessorCount=1", TOKENIZERS_PARALLELISM="false", RAYON_NUM_THREADS="1")

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
    return json.loads(common.run("taskset", "-c", "0", *command, env=alone).stdout.splitlines()[-1])


def measure(folder, kind, file, seconds):
    return output([*common.launcher(common.SARTOR), "bench", "tokenize", "--model", folder, kind, file, "--seconds", seconds, "--json"])


def folder_of(vocabulary):
    folder = work / vocabulary.name
    folder.mkdir()
    json_file = vocabulary.suffix == ".json"
    (folder / ("tokenizer.json" if json_file else "tokenizer.model")).write_bytes(vocabulary.read_bytes())
    if not json_file:
        (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "LlamaTokenizer"}')
    return folder


result = {"cores_used": 1, "english": {}, "hostile_seconds": {}}
if only and target.exists():
    before = json.loads(target.read_text())
    result["english"], result["hostile_seconds"] = before["english"], before["hostile_seconds"]
files = [f for f in vocabularies.iterdir() if f.suffix in (".json", ".model") and not f.name.endswith(".ids.json")]
for vocabulary in sorted(f for f in files if only in ("", f.stem)):
    name, folder = vocabulary.stem, folder_of(vocabulary)
    sides = {"sartor": lambda: measure(folder, "--jsonl", work / "rows.jsonl", seconds)}
    if python and vocabulary.suffix == ".json":
        sides["hf"] = lambda: output([python, "-c", peer, vocabulary, work / "rows.jsonl", seconds])
    rounds = common.alternate(a.rounds, sides)
    english = {key: round(common.median_of(rounds[side], key), 2) for side in rounds for key in rounds[side][0] if key != "model"}
    if "hf" in rounds:
        for kind in ("hf_tokens_per_second", "hf_batch_tokens_per_second"):
            ours, theirs = ([each[key] for each in rounds[side]] for side, key in (("sartor", "encode_tokens_per_second"), ("hf", kind)))
            english["times_" + kind.removesuffix("_tokens_per_second")] = common.ratio(ours, theirs)
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
    common.write(target, sitting.about() | result)

"""Generation beside llama.cpp and transformers, in one sitting on an idle machine: prefill, one stream, many streams, adapters,
quoting. Rounds of all sides alternate, and the ratio of each round is taken: its median and range.

usage: generate.py SARTOR MODEL GGUF LLAMA_BIN OUT_JSON [--peer PYTHON MODEL_DIR] [--rounds 5] [--adapters 8] [--table]
  SARTOR     the launcher, such as ./sartor
  MODEL      the model's name, folder or GGUF file for Sartor
  GGUF       the same model for llama.cpp
  LLAMA_BIN  the folder with llama-batched-bench
  --peer     a Python with torch and transformers, and the same model as a bf16 folder; in each round the median of 2
  --table    the plain table alone: no adapters, no quoting
Each of Sartor's rounds runs `bench generate` with int8 weights (prefill, 16 streams, 16 streams over adapters) and with int4
weights, at 5 bits a weight as llama.cpp's Q4_1 (one stream, quoting). OPENBLAS_* is unset for all sides.
"""
import argparse, json, os, statistics, sys

import common
import sides

a = argparse.ArgumentParser()
for name in ("sartor", "model", "gguf", "llama", "out"):
    a.add_argument(name)
a.add_argument("--peer", nargs=2), a.add_argument("--rounds", type=int, default=5)
a.add_argument("--adapters", default="8"), a.add_argument("--table", action="store_true")
a = a.parse_args()


def llama():
    said = common.run(os.path.join(a.llama, "llama-batched-bench"), "-m", a.gguf, "-c", "16384", "-b", "2048", "-ub", "512",
                      "-npp", "512", "-ntg", "128", "-npl", "1,16", "-t", os.cpu_count()).stdout
    rows = [line.split("|")[1:-1] for line in said.splitlines() if line.startswith("|")]
    one, many = ([float(cell) for cell in row] for row in rows[2:4])
    return {"prefill": one[5], "one": one[7], "many": many[7]}


def transformers():
    found = common.run_json(a.peer[0], common.REFERENCES / "peer_generate.py", a.peer[1], "--repetitions", 2)
    return {"prefill": found["prefill_tokens_per_second"], "one": found["streams"]["1"], "many": found["streams"]["16"]}


def medians(rounds):
    return {key: round(statistics.median(r[key] for r in rounds), 1) for key in rounds[0]}


def ratio(mine, side, theirs):
    return common.ratio([each[mine] for each in rounds["sartor"]], [each[theirs] for each in rounds[side]])


every = {"sartor": lambda: sides.generate(a.sartor, a.model, a.adapters, a.table), "llama.cpp": llama} | ({"transformers": transformers} if a.peer else {})
sitting = common.Sitting(a.sartor)
rounds = common.alternate(a.rounds, every, lambda side, found: print(json.dumps({side: found}), file=sys.stderr, flush=True))
ratios = {"prefill": ratio("prefill", "llama.cpp", "prefill"), "one_stream_int4": ratio("one_int4", "llama.cpp", "one"),
          "one_stream_int8": ratio("one_int8", "llama.cpp", "one"), "16_streams": ratio("many", "llama.cpp", "many")}
if not a.table:
    ratios |= {"adapters_to_plain": ratio("many_adapters", "sartor", "many"), "quoting_to_llama": ratio("quoting", "llama.cpp", "one"),
               "quoting_to_plain": ratio("quoting", "sartor", "quoting_plain")}
if a.peer:
    ratios |= {f"{name}_to_transformers": ratio(mine, "transformers", theirs)
               for name, mine, theirs in (("prefill", "prefill", "prefill"), ("one_stream_int4", "one_int4", "one"), ("16_streams", "many", "many"))}
result = sitting.about() | {side: medians(each) for side, each in rounds.items()} | {"times_the_peer": ratios, "rounds": rounds}
common.write(a.out, result)
for name, figure in ratios.items():
    print(common.told(figure, name))
print(json.dumps({k: v for k, v in result.items() if k != "rounds"}))

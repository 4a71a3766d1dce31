"""Generation beside llama.cpp and transformers, in one sitting on an idle machine: prefill, one stream, many streams, adapters,
quoting. Rounds of all sides alternate, and medians over the rounds are compared.

usage: generate.py SARTOR MODEL GGUF LLAMA_BIN OUT_JSON [--peer PYTHON MODEL_DIR] [--rounds 5] [--adapters 8] [--table]
  SARTOR     the launcher, such as ./sartor
  MODEL      the model's name, folder or GGUF file for Sartor
  GGUF       the same model for llama.cpp
  LLAMA_BIN  the folder with llama-batched-bench
  --peer     a Python with torch and transformers, and the same model as a bf16 folder; once a sitting, medians of 5 inside
  --table    the plain table alone: no adapters, no quoting
Each of Sartor's rounds runs `bench generate` with int8 weights (prefill, 16 streams, 16 streams over adapters) and with int4
weights, at 5 bits a weight as llama.cpp's Q4_1 (one stream, quoting). OPENBLAS_* is unset for all sides.
"""
import argparse, json, os, platform, statistics, subprocess, sys, time

a = argparse.ArgumentParser()
for name in ("sartor", "model", "gguf", "llama", "out"):
    a.add_argument(name)
a.add_argument("--peer", nargs=2), a.add_argument("--rounds", type=int, default=5)
a.add_argument("--adapters", default="8"), a.add_argument("--table", action="store_true")
a = a.parse_args()
environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    return done.stdout


def sartor(*options):
    return json.loads(run(a.sartor, "bench", "generate", "--model", a.model, "--json", *options).strip().splitlines()[-1])


def llama():
    rows = [line.split("|")[1:-1] for line in
            run(os.path.join(a.llama, "llama-batched-bench"), "-m", a.gguf, "-c", "16384", "-b", "2048", "-ub", "512",
                "-npp", "512", "-ntg", "128", "-npl", "1,16", "-t", str(os.cpu_count())).splitlines() if line.startswith("|")]
    one, many = ([float(cell) for cell in row] for row in rows[2:4])
    return {"prefill": one[5], "one": one[7], "many": many[7]}


ours, theirs = [], []
for _ in range(a.rounds):
    int8 = sartor("--weights", "int8")
    int4 = sartor("--weights", "int4", "--streams", "1", *([] if a.table else ["--quoting"]))
    found = {"prefill": int8["prefill_tokens_per_second"], "one_int8": int8["streams"]["1"], "many": int8["streams"]["16"],
             "one_int4": int4["streams"]["1"]}
    if not a.table:
        found["many_adapters"] = sartor("--adapters", a.adapters)["streams"]["16"]
        found["quoting"], found["quoting_plain"] = int4["quoting"]["guessing"], int4["quoting"]["plain"]
    ours.append(found)
    theirs.append(llama())
    print(json.dumps({"sartor": found, "llama.cpp": theirs[-1]}), file=sys.stderr, flush=True)


def medians(rounds):
    return {key: round(statistics.median(r[key] for r in rounds), 1) for key in rounds[0]}


mine, peer = medians(ours), medians(theirs)
ratios = {"prefill": mine["prefill"] / peer["prefill"], "one_stream_int4": mine["one_int4"] / peer["one"],
          "one_stream_int8": mine["one_int8"] / peer["one"], "16_streams": mine["many"] / peer["many"]}
if not a.table:
    ratios |= {"adapters_to_plain": mine["many_adapters"] / mine["many"], "quoting_to_llama": mine["quoting"] / peer["one"],
               "quoting_to_plain": mine["quoting"] / mine["quoting_plain"]}
result = {"commit": subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip(), "date": time.strftime("%Y-%m-%d"),
          "machine": {"cores": os.cpu_count(), "processor": platform.processor() or platform.machine()},
          "sartor": mine, "llama.cpp": peer}
if a.peer:
    result["transformers"] = json.loads(run(a.peer[0], os.path.join(os.path.dirname(__file__), "references", "peer_generate.py"), a.peer[1]))
    ratios["prefill_to_transformers"] = mine["prefill"] / result["transformers"]["prefill_tokens_per_second"]
result |= {"times_the_peer": {k: round(v, 2) for k, v in ratios.items()}, "rounds": {"sartor": ours, "llama.cpp": theirs}}
json.dump(result, open(a.out, "w"), indent=2)
print(json.dumps({k: v for k, v in result.items() if k != "rounds"}))

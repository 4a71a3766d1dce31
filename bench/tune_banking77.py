"""LoRA on Banking77 beside TRL + PEFT, in one sitting on an idle machine: tokens a second, peak memory, accuracy.

usage: tune_banking77.py SARTOR GGUF BANKING77_DIR OUT_JSON [--peer PYTHON MODEL_DIR] [--seeds 1,2,3] [--rounds 3]
  SARTOR     the launcher, such as ./sartor
  GGUF       SmolLM2-135M-Instruct.Q4_1.gguf, or the catalogue's name smollm2-135m-instruct
  --peer     a Python with torch, transformers, trl, peft and datasets, and the same model as a transformers folder in bf16
Speed: 480 examples, batch 16, one epoch; Sartor's median of the rounds, which stand around the peer's one run. Accuracy: three epochs
at 1e-3 for each seed, 1,000 test messages in free text. OPENBLAS_* is unset for both sides.
"""
import argparse, json, os, platform, statistics, subprocess, sys, time

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("model"), a.add_argument("data"), a.add_argument("out")
a.add_argument("--peer", nargs=2), a.add_argument("--seeds", default="1,2,3"), a.add_argument("--rounds", type=int, default=3)
a = a.parse_args()
environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def sartor(*options):
    return run(a.sartor, "bench", "tune", "--model", a.model, "--banking77", a.data, "--examples", "480", "--batch", "16", *options, "--json")


def commit():
    return subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()


rounds = [sartor() for _ in range((a.rounds + 1) // 2)]
peer = run(a.peer[0], os.path.join(os.path.dirname(__file__), "references", "peer_tune.py"), a.peer[1], a.data, "--eval", "0") if a.peer else None
rounds += [sartor() for _ in range(a.rounds // 2)]
speed = statistics.median(r["tokens_per_second"] for r in rounds)
peak = max(r["peak_rss_mib"] for r in rounds)
result = {"commit": commit(), "date": time.strftime("%Y-%m-%d"), "machine": {"cores": os.cpu_count(), "processor": platform.processor() or platform.machine()},
          "sartor": {"tokens_per_second": speed, "peak_rss_mib": peak, "rounds": rounds}}
if peer:
    result |= {"peer": peer, "times_the_peers_speed": round(speed / peer["tokens_per_second"], 2), "share_of_the_peers_memory": round(peak / peer["peak_rss_mib"], 3)}
if a.seeds:
    seeds = {seed: sartor("--epochs", "3", "--test", "1000", "--seed", seed) for seed in a.seeds.split(",")}
    result["accuracy"] = {"mean": round(statistics.mean(s["accuracy"] for s in seeds.values()), 4), "seeds": seeds}
json.dump(result, open(a.out, "w"), indent=2)
print(json.dumps({k: v for k, v in result.items() if k != "machine"}))

"""Steps of LoRA beside PEFT at identical work (4 rows of 256 tokens, every position in the loss, no shared prefix), in one sitting on an idle machine.

usage: tune_step.py SARTOR MODEL OUT_JSON --peer PYTHON [--rounds 3] [--rows 4] [--length 256]
  SARTOR  the launcher, such as ./sartor; MODEL a SmolLM2-135M, such as smollm2-135m-instruct
  PYTHON  one with torch, transformers and peft
Medians of the rounds, which take turns. OPENBLAS_* is unset for both sides.
"""
import argparse, json, os, platform, statistics, subprocess, sys, time

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("model"), a.add_argument("out"), a.add_argument("--peer", required=True)
a.add_argument("--rounds", type=int, default=3), a.add_argument("--rows", default="4"), a.add_argument("--length", default="256")
a = a.parse_args()
environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


ours, peers = [], []
for _ in range(a.rounds):
    ours.append(run(a.sartor, "bench", "step", "--model", a.model, "--rows", a.rows, "--length", a.length, "--json"))
    peers.append(run(a.peer, os.path.join(os.path.dirname(__file__), "references", "peer_step.py"), a.rows, a.length))
median = lambda runs, key: statistics.median(r[key] for r in runs)
commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()
result = {"commit": commit, "date": time.strftime("%Y-%m-%d"), "machine": {"cores": os.cpu_count(), "processor": platform.processor() or platform.machine()},
          "sartor": {"tokens_per_second": median(ours, "tokens_per_second"), "share_of_the_machines_products": median(ours, "share"), "rounds": ours},
          "peft": {"tokens_per_second": median(peers, "tokens_per_second"), "rounds": peers},
          "times_the_peers_speed": round(median(ours, "tokens_per_second") / median(peers, "tokens_per_second"), 2)}
json.dump(result, open(a.out, "w"), indent=2)
print(json.dumps({k: v for k, v in result.items() if k != "machine"}))

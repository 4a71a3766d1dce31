"""Many adapters on disk, some in use at random, requests in mixed batches: each text beside the one given alone, and the process's
memory after each tenth of the requests.

usage: python3 bench/adapters.py SARTOR MODEL OUT_JSON [--adapters 200] [--in-use 50] [--slots 8] [--requests 1000] [--together 16]
  SARTOR  the launcher, such as ./sartor
"""
import argparse, json, os, platform, subprocess, sys, time

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
for name in ("sartor", "model", "out"):
    a.add_argument(name)
numbers = {"adapters": 200, "in-use": 50, "slots": 8, "requests": 1000, "together": 16}
for name, usual in numbers.items():
    a.add_argument("--" + name, type=int, default=usual)
a = a.parse_args()
options = [word for name in numbers for word in ("--" + name, str(getattr(a, name.replace("-", "_"))))]
done = subprocess.run([a.sartor, "bench", "adapters", "--model", a.model, "--json", *options], capture_output=True, text=True)
if done.returncode > 1 or not done.stdout.strip():
    sys.exit(done.stderr[-3000:])
result = json.loads(done.stdout.strip().splitlines()[-1])
commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()
threads = int(os.environ.get("OMP_NUM_THREADS", os.cpu_count()))
machine = {"system": platform.platform(), "cores": os.cpu_count(), "threads": threads}
result = {"commit": commit, "date": time.strftime("%Y-%m-%d"), "machine": machine, "model": a.model} | result
with open(a.out, "w") as file:
    json.dump(result, file, indent=2)
    file.write("\n")
print(json.dumps(result))
sys.exit(done.returncode)

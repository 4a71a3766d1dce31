"""Many adapters on disk, some in use at random, requests in mixed batches: each text beside the one given alone, and the process's
memory after each tenth of the requests.

usage: python3 bench/adapters.py SARTOR MODEL OUT_JSON [--adapters 200] [--in-use 50] [--slots 8] [--requests 1000] [--together 16]
  SARTOR  the launcher, such as ./sartor
"""
import argparse, json, sys

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
for name in ("sartor", "model", "out"):
    a.add_argument(name)
numbers = {"adapters": 200, "in-use": 50, "slots": 8, "requests": 1000, "together": 16}
for name, usual in numbers.items():
    a.add_argument("--" + name, type=int, default=usual)
a = a.parse_args()
options = [word for name in numbers for word in ("--" + name, str(getattr(a, name.replace("-", "_"))))]
sitting = common.Sitting(a.sartor)
done = common.sartor(a.sartor, "bench", "adapters", "--model", a.model, "--json", *options, accepts=(0, 1))
if not done.stdout.strip():
    sys.exit(done.stderr[-3000:])
result = sitting.about() | {"model": a.model} | json.loads(done.stdout.strip().splitlines()[-1])
common.write(a.out, result)
print(json.dumps(result))
sys.exit(done.returncode)

"""Reading prompts beside other programs: by how often a thread that waits looks again before it sleeps (GNU OpenMP's GOMP_SPINCOUNT).

usage: busy.py SARTOR OUT_JSON [--model smollm2-135m-instruct] [--rounds 3] [--spins 300000,30000,1000] [--loops 2] [--timeout 120]
  --spins  rounds of looking; 300000 is GNU OpenMP's own number where nothing is set
  --loops  endless loops beside it, each of which takes a core
Tokens of prompts a second (`sartor bench generate`, bf16, one text), each round with each number in turn, alone and beside the loops; the median with the
range. What does not end in --timeout seconds is null. On an idle machine.
"""
import argparse, json, statistics, subprocess, sys
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("out", type=Path), a.add_argument("--model", default="smollm2-135m-instruct")
a.add_argument("--rounds", type=int, default=3), a.add_argument("--spins", default="300000,30000,1000")
a.add_argument("--loops", type=int, default=2), a.add_argument("--timeout", type=float, default=120)
a = a.parse_args()
sitting = common.Sitting(a.sartor)


def read(spins):
    """Tokens of prompts a second, or None where it took too long."""
    command = [*common.launcher(a.sartor), "bench", "generate", "--model", a.model, "--weights", "bf16", "--prompt", "512", "--tokens", "8", "--streams", "1", "--json"]
    try:
        done = subprocess.run(command, env=common.environment() | {"GOMP_SPINCOUNT": str(spins)}, capture_output=True, text=True, timeout=a.timeout)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return json.loads(done.stdout.strip().splitlines()[-1])["prefill_tokens_per_second"]


def middle(found):
    known = [each for each in found if each is not None]
    return {"median": round(statistics.median(known), 1) if known else None, "low": min(known, default=None), "high": max(known, default=None), "rounds": len(found),
            "not_ended": len(found) - len(known)}


counts = [int(each) for each in a.spins.split(",")]
found = {place: {spins: [] for spins in counts} for place in ("alone", "busy")}
for _ in range(a.rounds):
    for spins in counts:
        found["alone"][spins].append(read(spins))
loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(a.loops)]
try:
    for _ in range(a.rounds):
        for spins in counts:
            found["busy"][spins].append(read(spins))
finally:
    for loop in loops:
        loop.kill()
result = {place: {str(spins): middle(each) for spins, each in by.items()} for place, by in found.items()}
for place, by in result.items():
    for spins, each in by.items():
        print(f"{place:<6} {spins:>7} rounds: {each['median']} tokens/s ({each['low']} to {each['high']}; {each['not_ended']} of {each['rounds']} did not end)")
common.write(a.out, sitting.about() | {"model": a.model, "loops": a.loops, "timeout_seconds": a.timeout, "tokens_per_second": result})

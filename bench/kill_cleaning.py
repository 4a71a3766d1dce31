#!/usr/bin/env python3
"""Ends `sartor data clean` by kill -9 at moments spread over its whole run, lets it go on, and compares every file of the result, byte for byte, with one of a run
that nobody ended.

usage: kill_cleaning.py SARTOR ROWS OUT_JSON [--kills 20] [--steps broken,exact_duplicates,near_duplicates,secrets,personal_data,wrong_labels]
  ROWS   rows with texts and labels, such as ../shared/data/banking77/train.csv
Each run is killed once, at k/(kills + 1) of the time that the whole run took, and then goes on to its end. Exit code 0 where all results are the same.
"""
import argparse, hashlib, os, signal, subprocess, sys, tempfile, time
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("rows", type=Path), a.add_argument("out", type=Path), a.add_argument("--kills", type=int, default=20)
a.add_argument("--steps", default="broken,exact_duplicates,near_duplicates,secrets,personal_data,wrong_labels")
a = a.parse_args()
sitting = common.Sitting(a.sartor)


def command(out, key):
    return [*common.launcher(a.sartor), "data", "clean", str(a.rows.resolve()), "--out", str(out), "--key", str(key), "--steps", a.steps, "--yes", "--json"]


def digests(out):
    return {str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(out.rglob("*")) if file.is_file()}


with tempfile.TemporaryDirectory() as work:
    work, key = Path(work), Path(work) / "pseudonyms.key"
    common.run(*command(work / "warm", key))  # the key is made here, and the model fetched
    began = time.time()
    common.run(*command(work / "whole", key))
    seconds = time.time() - began
    expected, kills = digests(work / "whole"), []
    for k in range(1, a.kills + 1):
        out = work / f"killed-{k}"
        process = subprocess.Popen(command(out, key), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=common.environment(), start_new_session=True)
        try:
            process.wait(seconds * k / (a.kills + 1))
            was_killed = False
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            was_killed = True
        kept = sorted(file.name for file in (out / ".work").glob("*.json")) if (out / ".work").exists() else []
        if not (out / "recipe.json").exists():
            common.run(*command(out, key))
        kills.append({"at_seconds": round(seconds * k / (a.kills + 1), 2), "killed": was_killed, "steps_kept": len(kept), "same": digests(out) == expected})
        print(kills[-1], file=sys.stderr, flush=True)
result = sitting.about() | {"rows": a.rows.name, "steps": a.steps.split(","), "whole_seconds": round(seconds, 1), "files": len(expected), "kills": kills,
                            "killed": sum(kill["killed"] for kill in kills), "same": sum(kill["same"] for kill in kills)}
common.write(a.out, result, 1)
print(f"{result['killed']} of {len(kills)} runs were killed, {result['same']} of {len(kills)} results are the same in every byte")
sys.exit(0 if result["same"] == len(kills) else 1)

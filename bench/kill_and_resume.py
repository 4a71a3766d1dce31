"""Kills a quickstart with SIGKILL at ten moments and starts it again each time; the last start runs to its end.

usage: kill_and_resume.py SARTOR OUT_JSON [--moments 20,35,…]
Holds that every start goes on: no finished candidate is answered again, no finished download is fetched again. Seconds are from each start.
"""
import argparse, os, shutil, signal, subprocess, sys, tempfile, time
from pathlib import Path

import common

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("out"), a.add_argument("--moments", default="3,5,8,15,30,45,60,45,60,45")
a = a.parse_args()
work = Path(tempfile.mkdtemp())
project, cache = work / "helpdesk", work / "cache"
environment = common.environment(SARTOR_CACHE=str(cache))
sitting = common.Sitting(a.sartor)


def finished():
    """Finished candidates and downloads, with the time at which each was written."""
    files = list(project.glob("runs/*/run.json")) + list(project.glob("runs/adapters/*/training.json")) + list(cache.glob("models/*/blobs/*"))
    # A blob is finished when it has its digest for a name; what is still being fetched or unpacked has an ending.
    return {str(f.relative_to(work)): f.stat().st_mtime_ns for f in files if "blobs" not in f.parts or len(f.name) == 64 and "." not in f.name}


starts, before, faults = [], {}, []
for moment in [float(m) for m in a.moments.split(",")] + [None]:
    process = subprocess.Popen([*common.launcher(a.sartor), "quickstart", "--dir", str(project), "--json", str(work / "q.json")],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, start_new_session=True)
    begun = time.time()
    try:
        output, _ = process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
    after = finished()
    faults += [f"{name} was made again" for name in before if after.get(name) != before[name]]
    starts.append({"killed_after": moment, "seconds": round(time.time() - begun, 1), "exit": process.returncode, "finished": len(after)})
    print(starts[-1], flush=True)
    before = after
ended = starts[-1]["exit"] == 0 and (work / "q.json").exists()
common.write(a.out, sitting.about() | {"starts": starts, "faults": faults, "ended": ended})
shutil.rmtree(work, ignore_errors=True)
print("ended" if ended else "did NOT end", len(faults), "faults")
sys.exit(0 if ended and not faults else 1)

#!/usr/bin/env python3
"""Times `sartor index` over 5,000 documents: from scratch, unchanged, with 1 % changed, with other readers.

    python3 bench/index_changes.py [--documents 5000] [--embedder all-minilm-l6-v2] [--out FILE]

Seconds are the whole process's; `seconds` within are the run's own. Prints and, with --out, writes a JSON. Exit code 0 where an
unchanged run takes under 2 s of its own and 1 % changed embeds 1 %.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SARTOR = os.environ.get("SARTOR", str(ROOT / "sartor"))
WORDS = "kettle parcel refund invoice lamp chair desk mug boiler fuse charger deposit notice brake".split()


def write(folder, number, edition):
    path = folder / str(number % 50) / f"{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    rng = random.Random(number)
    path.write_text(f"# Document {number}\nEdition {edition}. " + " ".join(rng.choice(WORDS) for _ in range(60)) + "\n")
    old = time.time() - 3600 + edition
    os.utime(path, (old, old))


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=5000)
    options.add_argument("--embedder", default="all-minilm-l6-v2")
    options.add_argument("--out", type=Path)
    asked = options.parse_args()
    work = Path(tempfile.mkdtemp(prefix="index-changes-"))
    folder, index = work / "docs", work / "index"

    def run(*more):
        begun = time.time()
        done = subprocess.run([SARTOR, "index", str(folder), "--out", str(index), "--embedder", asked.embedder, "--json", *more],
                              capture_output=True, text=True, check=True)
        return json.loads(done.stdout) | {"process_seconds": round(time.time() - begun, 3)}

    for number in range(asked.documents):
        write(folder, number, 0)
    result = {"documents": asked.documents, "embedder": asked.embedder, "scratch": run("--public")}
    result["unchanged"] = [run("--public") for _ in range(3)]
    for number in range(0, asked.documents, 100):
        write(folder, number, 1)
    result["one_percent"] = run("--public")
    result["other_readers"] = run()
    result["commit"] = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()
    result["machine"], result["load"] = f"{os.cpu_count()} cores", os.getloadavg()[0]
    print(json.dumps(result, indent=2))
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=2) + "\n")
    shutil.rmtree(work)
    quick = min(each["seconds"] for each in result["unchanged"]) < 2
    exact = result["one_percent"]["changed"] == len(range(0, asked.documents, 100)) and (
        asked.embedder == "none" or result["one_percent"]["passages_embedded"] == result["one_percent"]["changed"])
    sys.exit(0 if quick and exact else 1)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Ends `sartor index` by kill -9 at random moments of runs with adds, changes, moves and deletes, searches meanwhile, and
compares what the index holds at the end with one built from scratch: passages, texts, rules, vectors.

    python3 bench/kill_index.py [--kills 30] [--documents 400] [--embedder all-minilm-l6-v2] [--seed 1] [--out FILE]

Prints and, with --out, writes a JSON. Exit code 0 where the two indexes hold the same.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SARTOR = os.environ.get("SARTOR", str(ROOT / "sartor"))
WORDS = "kettle parcel refund invoice lamp chair desk mug boiler fuse charger deposit notice brake".split()


def text(rng):
    parts = []
    for number in range(rng.randint(1, 4)):
        parts.append(f"## Part {number}\n" + " ".join(rng.choice(WORDS) for _ in range(rng.randint(20, 120))) + ".")
    return f"# Document {rng.randint(0, 10**9)}\n" + "\n\n".join(parts) + "\n"


def write(path, content):
    """As an editor saves: aside, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name("." + path.name)
    aside.write_text(content)
    aside.rename(path)


def documents(folder):
    return sorted(p for p in folder.rglob("*.md"))


def mutate(folder, rng, count):
    for _ in range(count):
        there = documents(folder)
        what = rng.random()
        if what < 0.35 or len(there) < 5:
            write(folder / str(rng.randint(0, 9)) / f"{rng.randint(0, 10**9)}.md", text(rng))
        elif what < 0.65:
            write(rng.choice(there), text(rng))
        elif what < 0.8:
            rng.choice(there).rename(folder / str(rng.randint(0, 9)) / f"{rng.randint(0, 10**9)}.md")
        elif what < 0.9:
            rng.choice(there).unlink()
        else:
            side = folder / str(rng.randint(0, 9)) / ".access.yaml"
            write(side, "readers: [" + rng.choice(["everyone", "group:a", "group:b", "user:c"]) + "]\n")


def command(folder, index, embedder):
    return [SARTOR, "index", str(folder), "--out", str(index), "--embedder", embedder, "--json"]


def held(index, work):
    """Every passage with its text, rule and vector."""
    dump = work / "dump.jsonl"
    with open(dump, "w") as out:
        subprocess.run([SARTOR, "index", "show", str(index), "--all", "--vectors", "--json"], stdout=out, check=True)
    passages, states = {}, {}
    for line in open(dump):
        document = json.loads(line)
        states[document["document"]] = (document["title"], document["readers"], document["left_out"])
        for passage in document["passages"]:
            passages[passage["id"]] = (passage["section"], passage["text"], document["readers"], passage["vector"])
    return states, passages


def cosine(a, b):
    return sum(x * y for x, y in zip(a, b)) / (sum(x * x for x in a) * sum(y * y for y in b)) ** 0.5


def searching(index):
    found = subprocess.run([SARTOR, "search", str(index), "kettle boiler", "--groups", "a,b", "--mode", "bm25", "--json"],
                           capture_output=True, text=True)
    return found.returncode, found.stderr.strip()


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=30)
    options.add_argument("--documents", type=int, default=400)
    options.add_argument("--embedder", default="all-minilm-l6-v2")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", type=Path)
    asked = options.parse_args()
    rng = random.Random(asked.seed)
    work = Path(tempfile.mkdtemp(prefix="kill-index-"))
    folder, index, fresh = work / "docs", work / "index", work / "fresh"
    for _ in range(asked.documents):
        write(folder / str(rng.randint(0, 9)) / f"{rng.randint(0, 10**9)}.md", text(rng))
    begun = time.time()
    whole = subprocess.run(command(folder, index, asked.embedder), capture_output=True, text=True, check=True)
    longest = time.time() - begun
    struck, searches, failed_searches = 0, 0, []
    while struck < asked.kills:
        mutate(folder, rng, max(10, asked.documents // 4))
        run = subprocess.Popen(command(folder, index, asked.embedder), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            run.wait(rng.uniform(0.3, max(1.0, longest)))
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            struck += 1
            code, said = searching(index)
            searches += 1
            if code != 0:
                failed_searches.append(said)
            print(f"kill {struck} of {asked.kills}", file=sys.stderr)
    last = subprocess.run(command(folder, index, asked.embedder), capture_output=True, text=True, check=True)
    subprocess.run(command(folder, fresh, asked.embedder), capture_output=True, text=True, check=True)
    states, passages = held(index, work)
    wanted_states, wanted = held(fresh, work)
    same = states == wanted_states and passages.keys() == wanted.keys() and all(
        passages[i][:3] == wanted[i][:3] for i in wanted)
    cosines = [cosine(passages[i][3], wanted[i][3]) for i in wanted if i in passages and wanted[i][3]]
    result = {
        "kills": struck, "documents": len(wanted_states), "passages": len(wanted), "embedder": asked.embedder,
        "seed": asked.seed, "same_passages_texts_rules": same, "least_cosine": min(cosines, default=None),
        "searches_between": searches, "failed_searches": failed_searches,
        "first_run": json.loads(whole.stdout), "last_run": json.loads(last.stdout),
        "commit": subprocess.run(["git", "-C", str(ROOT), "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip(),
        "machine": f"{os.cpu_count()} cores", "load": os.getloadavg()[0],
    }
    print(json.dumps(result, indent=2))
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=2) + "\n")
    shutil.rmtree(work)
    sys.exit(0 if same and min(cosines, default=1) >= 0.9999 and not failed_searches else 1)


if __name__ == "__main__":
    main()

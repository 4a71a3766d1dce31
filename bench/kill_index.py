#!/usr/bin/env python3
"""Ends `sartor index` by kill -9 at random moments of runs with adds, changes, moves and deletes, and by a full disk; searches
meanwhile, looks whether any document is held in parts of two versions, and compares what the index holds at the end with one built
from scratch: passages, texts, rules, vectors.

    python3 bench/kill_index.py [--kills 30] [--full 10] [--documents 400] [--embedder all-minilm-l6-v2] [--seed 1] [--out FILE]

The index lies on a disk in memory that is made too small for --full of the runs (Linux, as root; elsewhere, or with --full 0, it
lies in a folder, and no disk is full). Prints and, with --out, writes a JSON. Exit code 0 where the two indexes hold the same.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import common

SARTOR = common.SARTOR
WORDS = "kettle parcel refund invoice lamp chair desk mug boiler fuse charger deposit notice brake".split()


def text(rng):
    """Each part names the edition, so that parts of two can be told."""
    parts, edition = [], f"edition{rng.randint(0, 10**9)}"
    for number in range(rng.randint(1, 4)):
        parts.append(f"## Part {number}\n{edition} " + " ".join(rng.choice(WORDS) for _ in range(rng.randint(20, 120))) + ".")
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


def torn(index):
    """Documents that are held in parts of two editions."""
    shown = subprocess.run([SARTOR, "index", "show", str(index), "--all", "--json"], capture_output=True, text=True)
    if shown.returncode:
        return [] if "not whole yet" in shown.stderr or "is not an index" in shown.stderr else ["not shown: " + shown.stderr]
    documents = [json.loads(line) for line in shown.stdout.splitlines()]
    return [each["document"] for each in documents
            if len({edition for passage in each["passages"] for edition in re.findall(r"edition\d+", passage["text"])}) > 1]


class Disk:
    """A file system in memory whose size can be changed; a plain folder where none can be mounted."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.is_real = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g", "tmpfs", folder], stderr=subprocess.DEVNULL).returncode == 0

    def size(self, kib):
        subprocess.run(["mount", "-o", f"remount,size={kib}k", self.folder], check=True)

    def used_kib(self):
        held = os.statvfs(self.folder)
        return (held.f_blocks - held.f_bfree) * held.f_frsize // 1024

    def close(self):
        if self.is_real:
            subprocess.run(["umount", self.folder], check=True)


def filled(disk, index, folder, asked, rng):
    """Runs on a disk with little room, with less of it until one does not end well; what that one said."""
    room = 4096
    while room >= 4:
        mutate(folder, rng, max(10, asked.documents // 4))
        disk.size(disk.used_kib() + rng.randint(room // 2, room))
        run = subprocess.run(command(folder, index, asked.embedder), capture_output=True, text=True)
        code, said = searching(index)
        disk.size(1 << 20)
        if run.returncode:
            return run.returncode, run.stderr.strip().splitlines()[-1].replace(str(disk.folder.parent), "/tmp"), code, said
        room //= 2
    return 0, "the disk was never full", 0, ""


def cosine(a, b):
    return sum(x * y for x, y in zip(a, b)) / (sum(x * x for x in a) * sum(y * y for y in b)) ** 0.5


def searching(index):
    found = subprocess.run([SARTOR, "search", str(index), "kettle boiler", "--groups", "a,b", "--mode", "bm25", "--json"],
                           capture_output=True, text=True)
    return found.returncode, found.stderr.strip()


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=30)
    options.add_argument("--full", type=int, default=10)
    options.add_argument("--documents", type=int, default=400)
    options.add_argument("--embedder", default="all-minilm-l6-v2")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", type=Path)
    asked = options.parse_args()
    rng = random.Random(asked.seed)
    work = Path(tempfile.mkdtemp(prefix="kill-index-"))
    sitting = common.Sitting()
    disk = Disk(work / "disk")
    folder, index, fresh = work / "docs", disk.folder / "index", work / "fresh"
    for _ in range(asked.documents):
        write(folder / str(rng.randint(0, 9)) / f"{rng.randint(0, 10**9)}.md", text(rng))
    begun = time.time()
    whole = subprocess.run(command(folder, index, asked.embedder), capture_output=True, text=True, check=True)
    longest = time.time() - begun
    struck, searches, failed_searches, mixed = 0, 0, [], []
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
            mixed += torn(index)
            print(f"kill {struck} of {asked.kills}", file=sys.stderr)
    full = []
    for number in range(asked.full if disk.is_real else 0):
        ended, said, code, found = filled(disk, index, folder, asked, rng)
        full.append({"exit": ended, "said": said})
        searches += 1
        if code:
            failed_searches.append(found)
        mixed += torn(index)
        print(f"full {number + 1} of {asked.full}", file=sys.stderr)
    last = subprocess.run(command(folder, index, asked.embedder), capture_output=True, text=True, check=True)
    subprocess.run(command(folder, fresh, asked.embedder), capture_output=True, text=True, check=True)
    states, passages = held(index, work)
    wanted_states, wanted = held(fresh, work)
    same = states == wanted_states and passages.keys() == wanted.keys() and all(
        passages[i][:3] == wanted[i][:3] for i in wanted)
    cosines = [cosine(passages[i][3], wanted[i][3]) for i in wanted if i in passages and wanted[i][3]]
    result = sitting.about() | {
        "kills": struck, "documents": len(wanted_states), "passages": len(wanted), "embedder": asked.embedder,
        "seed": asked.seed, "same_passages_texts_rules": same, "least_cosine": min(cosines, default=None),
        "searches_between": searches, "failed_searches": failed_searches,
        "torn_documents": mixed, "full_disk": full if disk.is_real or not asked.full else "could not be mounted here",
        "first_run": json.loads(whole.stdout), "last_run": json.loads(last.stdout),
    }
    print(json.dumps(result, indent=2))
    if asked.out:
        common.write(asked.out, result)
    disk.close()
    shutil.rmtree(work)
    named = all(each["exit"] == 3 and "No space left on device" in each["said"] for each in full)
    sys.exit(0 if same and min(cosines, default=1) >= 0.9999 and not failed_searches and not mixed and named else 1)


if __name__ == "__main__":
    main()

"""datasketch on the rows of a JSONL file, in two processes: which rows go and which stay instead, seconds and memory, one JSON line.

usage: peer_near_duplicates.py ROWS_JSONL [--threshold 0.8] [--permutations 128] [--processes 2] [--width 5]
Texts are folded to letters and digits in lower case, and taken apart into runs of `width` characters. Rows are inserted into MinHashLSH and then asked for;
a candidate counts where the estimated Jaccard similarity is at least the threshold. Rows that are joined are one cluster, whose earliest row stays.
"""
import argparse
import json
import multiprocessing
import resource
import time

from datasketch import MinHash, MinHashLSH

PIECE = 500


def hashed(texts):
    shingles = []
    for text in texts:
        kept = "".join(c for c in text.lower() if c.isalnum())
        shingles.append({kept[i:i + options.width].encode() for i in range(max(1, len(kept) - options.width + 1))})
    return MinHash.bulk(shingles, num_perm=options.permutations)


def joined(piece):
    """Pairs of rows that are alike, the later one first."""
    found = []
    for row in piece:
        for other in index.query(hashes[row]):
            if other < row and hashes[row].jaccard(hashes[other]) >= options.threshold:
                found.append((row, other))
    return found


def pieces(items):
    return [items[i:i + PIECE] for i in range(0, len(items), PIECE)]


def root(row):
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


options = argparse.ArgumentParser()
options.add_argument("rows")
options.add_argument("--threshold", type=float, default=0.8)
options.add_argument("--permutations", type=int, default=128)
options.add_argument("--processes", type=int, default=2)
options.add_argument("--width", type=int, default=5)
options = options.parse_args()
start = time.time()
context = multiprocessing.get_context("fork")
texts = [json.loads(line)["text"] for line in open(options.rows, encoding="utf-8")]
with context.Pool(options.processes) as pool:
    hashes = [each for some in pool.imap(hashed, pieces(texts)) for each in some]
index = MinHashLSH(threshold=options.threshold, num_perm=options.permutations)
with index.insertion_session() as session:
    for row, each in enumerate(hashes):
        session.insert(row, each)
parent = list(range(len(texts)))
with context.Pool(options.processes) as pool:  # forked now, so that both have the index
    for some in pool.imap(joined, pieces(range(len(texts)))):
        for row, other in some:
            a, b = root(row), root(other)
            parent[max(a, b)] = min(a, b)
kept = {row: root(row) for row in range(len(texts)) if root(row) != row}
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + options.processes * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"seconds": round(time.time() - start, 1), "memory_mib": memory >> 10, "bands": index.b, "rows_of_a_band": index.r, "kept": kept}))

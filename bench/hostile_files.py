#!/usr/bin/env python3
"""Hostile files among ordinary ones: `sartor index` ends, names each that it could not read and why, and indexes the rest.

    python3 bench/hostile_files.py [--ordinary 1000] [--seed 1] [--keep FOLDER] [--out FILE]

First the ordinary files alone, to time how fast they are read: the time of reading is what `index --json` says
(`reading_seconds`, the starts of the worker JVMs included). Then the hostile ones beside them. A word of its own that each readable
file holds is searched for afterwards. Prints and, with --out, writes a JSON. Exit code 0 where all is as it should be; the speed
(50 a second are wanted) is printed and decides nothing, as it depends on what else runs.
"""
import argparse
import hashlib
import json
import random
import resource
import shutil
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

import common
import ordinary_files

MIB = 1 << 20


def letters(path, inside, mib):
    """A zip file that unpacks to a thousand times its size."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out, out.open(inside, "w", force_zip64=True) as entry:
        for _ in range(mib):
            entry.write(b"a" * MIB)


def bomb(path):
    """Two bombs within each other: ten copies of 1 GiB."""
    inner = path.with_suffix(".inner")
    letters(inner, "letters.txt", 1024)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for i in range(10):
            out.write(inner, f"{i}.zip")
    inner.unlink()


def word_bomb(path):
    """A Word file whose text is 2 GiB of one letter."""
    ordinary_files.docx(path, "Title", [])
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    head, tail = parts.pop("word/document.xml").split(b"<w:tbl>", 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
        with out.open("word/document.xml", "w", force_zip64=True) as entry:
            entry.write(head + b"<w:p><w:r><w:t>")
            for _ in range(2048):
                entry.write(b"a" * MIB)
            entry.write(b"</w:t></w:r></w:p><w:tbl>" + tail)


def laughs(path):
    """An XML file whose entities name each other: a billion laughs."""
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "laugh">{entities}]><l>&l9;</l>')


def rc4(key, data):
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked_pdf(path):
    """Encrypted with a password (PDF 1.7, 7.6, revision 2)."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    user, identity = (b"secret" + padding)[:32], bytes(16)
    owner = rc4(hashlib.md5((b"owner" + padding)[:32]).digest()[:5], user)
    key = hashlib.md5(user + owner + struct.pack("<i", -4) + identity).digest()[:5]

    def encrypt(number, data):
        return rc4(hashlib.md5(key + struct.pack("<I", number)[:3] + b"\0\0").digest()[:10], data)

    objects = ordinary_files.pdf_objects([["Nobody may read this."]], encrypt)
    last = max(objects) + 1
    objects[last] = f"<</Filter/Standard/V 1/R 2/O<{owner.hex()}>/U<{rc4(key, padding).hex()}>/P -4>>".encode()
    ordinary_files.write_pdf(path, objects, f"/Encrypt {last} 0 R/ID[<{identity.hex()}><{identity.hex()}>]")


def locked_docx(path):
    """An encrypted Office file (MS-OFFCRYPTO, standard encryption) whose password nobody knows, in the container of MS-CFB."""
    rng = random.Random(3)
    name = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + name
    verifier = struct.pack("<I", 16) + rng.randbytes(32) + struct.pack("<I", 20) + rng.randbytes(32)
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header + verifier
    streams = {"EncryptionInfo": info.ljust(4096, b"\0"), "EncryptedPackage": struct.pack("<Q", 8000) + rng.randbytes(8184)}
    sectors, chain, entries = [], [], []

    def entry(title, kind, start, size, left=0xFFFFFFFF, right=0xFFFFFFFF, child=0xFFFFFFFF):
        encoded = (title + "\0").encode("utf-16-le")
        return encoded.ljust(64, b"\0") + struct.pack("<HBB3I16xI16xIQ", len(encoded), kind, 1, left, right, child, 0, start, size)

    for title, data in streams.items():
        start, count = len(sectors), len(data) // 512
        sectors += [data[i:i + 512] for i in range(0, len(data), 512)]
        chain += [start + i + 1 for i in range(count - 1)] + [0xFFFFFFFE]
        entries.append((title, start, len(data)))
    directory = (entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + entry(entries[0][0], 2, *entries[0][1:], right=2)
                 + entry(entries[1][0], 2, *entries[1][1:]) + bytes(128))
    folder_at, table_at = len(sectors), len(sectors) + 1
    chain += [0xFFFFFFFE, 0xFFFFFFFD]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    start = (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
             + struct.pack("<9I", 0, 1, folder_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<109I", table_at, *[0xFFFFFFFF] * 108))
    path.write_bytes(start + b"".join(sectors) + directory + table)


def picture():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes((x * y) % 256 for x in range(100)) for y in range(100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 100, 100, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def one_line(path, mib, before="", after=""):
    with open(path, "w") as out:
        out.write(before)
        for _ in range(mib):
            out.write(("word " * (MIB // 5 + 1))[:MIB])
        out.write(after)


def hostile(folder):
    """Writes the hostile files; returns what is expected of each: a word that is found in it, or part of the reason why none is."""
    folder.mkdir()
    bomb(folder / "bomb.zip")
    word_bomb(folder / "bomb.docx")
    laughs(folder / "laughs.xml")
    pages = [[f"Page {i} of the long file.", "", f"Here stands pagemarke{i:05d} alone."] for i in range(1, 10_001)]
    ordinary_files.write_pdf(folder / "long.pdf", ordinary_files.pdf_objects(pages))
    (folder / "deep.html").write_text("<html><body>" + "<div>" * 500_000 + "deep" + "</div>" * 500_000 + "</body></html>")
    locked_pdf(folder / "locked.pdf")
    locked_docx(folder / "locked.docx")
    ordinary_files.pdf(folder / "a-pdf.docx", "Named wrongly", [("Part", ["It says wrongsuffixmarke."])])
    (folder / "a-picture.pdf").write_bytes(picture())
    (folder / "a-text.docx").write_text("Plain words with wrongsuffixtext in them.\n")
    (folder / "noise.txt").write_bytes(random.Random(5).randbytes(100_000))
    (folder / "noise.pdf").write_bytes(b"%PDF-1.4\n" + random.Random(6).randbytes(100_000))
    for name in ("empty.pdf", "empty.docx", "empty.txt", "empty.html"):
        (folder / name).touch()
    ordinary_files.pdf(folder / "cut.pdf", "Cut", [("Part", ["Text."])])
    whole = (folder / "cut.pdf").read_bytes()
    (folder / "cut.pdf").write_bytes(whole[:len(whole) // 2])
    one_line(folder / "line.txt", 200)
    one_line(folder / "line.md", 200)
    one_line(folder / "line.html", 200, "<p>", "</p>")
    one_line(folder / "line.csv", 200)
    return {
        "bomb.zip": ["left out", "zip bomb"], "bomb.docx": ["left out", ""], "laughs.xml": ["left out", ""],
        "long.pdf": ["found", "pagemarke09999"], "deep.html": ["left out", ""],
        "locked.pdf": ["left out", "password"], "locked.docx": ["left out", "password"],
        "a-pdf.docx": ["found", "wrongsuffixmarke"], "a-picture.pdf": ["left out", ""], "a-text.docx": ["found", "wrongsuffixtext"],
        "noise.txt": ["left out", "UTF-8"], "noise.pdf": ["left out", ""],
        "empty.pdf": ["left out", "empty"], "empty.docx": ["left out", "empty"], "empty.txt": ["left out", "no text"],
        "empty.html": ["left out", ""], "cut.pdf": ["left out", ""],
        "line.txt": ["left out", "longer"], "line.md": ["left out", "longer"], "line.html": ["left out", ""], "line.csv": ["left out", ""],
    }


def run(folder, index):
    begun = time.time()
    made = common.sartor_json(common.SARTOR, "index", folder, "--out", index, "--embedder", "none", "--public", "--json")
    return made | {"process_seconds": round(time.time() - begun, 3)}


def not_found(index, words, work):
    """The paths, of those with a word of their own, that this word does not lead to."""
    queries, trec = work / "queries.jsonl", work / "run.trec"
    paths = sorted(words)
    queries.write_text("".join(json.dumps({"_id": str(i), "text": words[path]}) + "\n" for i, path in enumerate(paths)))
    common.sartor(common.SARTOR, "search", index, "--queries", queries, "--trec", trec, "--mode", "bm25", "-k", "1")
    first = {int(line.split()[0]): line.split()[2] for line in trec.read_text().splitlines()}
    return [path for i, path in enumerate(paths) if first.get(i) != path]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--ordinary", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="where the files are written and stay")
    options.add_argument("--out", type=Path)
    asked = options.parse_args()
    work = asked.keep or Path(tempfile.mkdtemp(prefix="hostile-files-"))
    docs = work / "docs"
    sitting = common.Sitting()
    words = ordinary_files.write_all(docs, asked.ordinary, asked.seed)
    alone = run(docs, work / "alone")
    missing = not_found(work / "alone", words, work)
    speed = asked.ordinary / alone["reading_seconds"]
    print(f"{asked.ordinary} ordinary files: {speed:.1f} a second, {len(alone['left_out'])} left out, {len(missing)} not found", file=sys.stderr)
    expected = hostile(docs / "hostile")
    both = run(docs, work / "both")
    reasons = {each["document"]: each["reason"] for each in both["left_out"]}
    faults = [f"{path} is not found among the hostile" for path in not_found(work / "both", words, work)]
    found = {"hostile/" + name: word for name, (what, word) in expected.items() if what == "found"}
    faults += [f"{path} is not found" for path in not_found(work / "both", found, work)]
    faults += [f"{name} is not named, or for another reason: {reasons.get('hostile/' + name)}" for name, (what, why) in expected.items()
               if what == "left out" and why not in reasons.get("hostile/" + name, "\0") or "hostile/" + name not in reasons and what == "left out"]
    faults += [f"{path} is left out: {why}" for path, why in reasons.items() if expected.get(path.removeprefix("hostile/"), ["found"])[0] == "found"]
    faults += [f"{path} is not found alone" for path in missing]
    result = sitting.about() | {
        "ordinary": asked.ordinary, "seed": asked.seed, "ordinary_a_second": round(speed, 1),
        "kinds": {writer.__name__: share for writer, share in ordinary_files.SHARES},
        "alone": {key: alone[key] for key in ("added", "reading_seconds", "seconds", "process_seconds", "left_out")},
        "with_hostile": {key: both[key] for key in ("added", "reading_seconds", "seconds", "process_seconds")},
        "left_out": {path.removeprefix("hostile/"): why for path, why in sorted(reasons.items())},
        "read": sorted(path.removeprefix("hostile/") for path in found if path not in reasons),
        "most_memory_of_a_process_mib": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "faults": faults,
    }
    print(json.dumps(result, indent=2))
    if asked.out:
        common.write(asked.out, result)
    if not asked.keep:
        shutil.rmtree(work)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

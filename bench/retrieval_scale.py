"""Many passages in a standing index: how fast it is built beside the bare speed of the embedder, how long a filtered hybrid query takes beyond its
embedding, memory and the index's size, at 10,000 and 100,000 passages.

usage: retrieval_scale.py SARTOR SCIFACT_FOLDER XQUAD_JSON OUT_JSON [--passages 10000,100000] [--embedder all-minilm-l6-v2] [--work DIR]
                          [--no-bare]
  SCIFACT_FOLDER  with corpus.jsonl and queries.jsonl
  --no-bare       leaves the embedder alone out, which takes a minute and more: two versions are compared without it
  --work          where passages and indexes lie (some GiB); an index that is there whole is searched and not timed again
Passages are eight sentences each, drawn by seed from both collections, no two sharing more than two; each is one document, and those that are longer
than the embedder reads are cut into two. They lie in 100 files, each of which one group may read; who asks is in 1, 10 or 100 of the groups. The embedder
alone embeds 4,000 of the passages as they were cut, twice after the building (`sartor bench embed`); building is the whole command `sartor index`, its start included. Questions are XQuAD's and SciFact's.
On an idle machine. OPENBLAS_* is unset.
"""
import argparse, json, os, random, re, subprocess, sys, tempfile, time
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("scifact", type=Path), a.add_argument("xquad", type=Path), a.add_argument("out", type=Path)
a.add_argument("--passages", default="10000,100000"), a.add_argument("--embedder", default="all-minilm-l6-v2")
a.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "sartor-bench-scale")
a.add_argument("--no-bare", action="store_true")
a = a.parse_args()
sitting = common.Sitting(a.sartor)
GROUPS, SENTENCES, SHARED, BARE = 100, 8, 2, 4000


def sartor(*options):
    """The last line of what it prints, wall seconds, and the most memory that it had (MiB)."""
    started = time.time()
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as wrong:
        process = subprocess.Popen([*common.launcher(a.sartor), *map(str, options)], stdout=said, stderr=wrong, env=common.environment())
        _, status, used = os.wait4(process.pid, 0)
        said.seek(0), wrong.seek(0)
        if status:
            sys.exit(f"sartor {' '.join(map(str, options))}\n{wrong.read()[-3000:]}")
        return json.loads(said.read().strip().splitlines()[-1]), time.time() - started, used.ru_maxrss >> 10


def drawn(sentences, count):
    """Each with eight sentences, of which no earlier one has more than two."""
    chance, having, passages = random.Random(6), {}, []
    while len(passages) < count:
        some = chance.sample(range(len(sentences)), SENTENCES)
        shared = {}
        for sentence in some:
            for passage in having.get(sentence, ()):
                shared[passage] = shared.get(passage, 0) + 1
        if max(shared.values(), default=0) <= SHARED:
            for sentence in some:
                having.setdefault(sentence, []).append(len(passages))
            passages.append(" ".join(sentences[sentence] for sentence in some))
    return passages


def size(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


articles = [paragraph for article in json.load(open(a.xquad))["data"] for paragraph in article["paragraphs"]]
texts = [row["text"] for row in common.lines(a.scifact / "corpus.jsonl")] + [paragraph["context"] for paragraph in articles]
sentences = list(dict.fromkeys(s for text in texts for s in re.split(r"(?<=[.!?])\s+", text) if 4 < len(s.split()) < 60))
a.work.mkdir(parents=True, exist_ok=True)
asked = a.work / "queries.jsonl"
questions = [q["question"] for paragraph in articles for q in paragraph["qas"]] + [row["text"] for row in common.lines(a.scifact / "queries.jsonl")]
random.Random(7).shuffle(questions)
asked.write_text("".join(json.dumps({"text": text}) + "\n" for text in questions[:1000]))
result = {"embedder": a.embedder, "sentences": len(sentences), "sizes": []}
most = max(map(int, a.passages.split(",")))
every = drawn(sentences, most)
for count in map(int, a.passages.split(",")):
    folder, index = a.work / f"passages-{count}", a.work / f"index-{count}"
    folder.mkdir(exist_ok=True)
    rows = [json.dumps({"id": f"p{i}", "text": text}) + "\n" for i, text in enumerate(every[:count])]
    for group in range(GROUPS):
        (folder / f"g{group}.jsonl").write_text("".join(rows[group::GROUPS]))
    access = a.work / "access.yaml"
    access.write_text("rules:\n" + "".join(f"  - paths: g{group}.jsonl\n    readers: [group:g{group}]\n" for group in range(GROUPS)))
    figures = {"passages": count}
    if not (index / "built.json").exists():
        built, seconds, memory = sartor("index", *sorted(folder.glob("g*.jsonl")), "--out", index, "--access", access, "--embedder", a.embedder,
                                        "--chunk-tokens", 254, "--overlap-tokens", 0, "--json")
        figures |= {"embedded": built["passages_embedded"], "build_seconds": round(seconds, 1),
                    "embedded_per_second": round(built["passages_embedded"] / seconds, 1), "build_memory_mib": memory}
        if not a.no_bare:
            shown = common.sartor(a.sartor, "index", "show", index, "--all", "--json")
            pieces = [piece["text"] for line in shown.stdout.splitlines() for piece in json.loads(line)["passages"]]
            (a.work / "bare.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in random.Random(8).sample(pieces, min(BARE, len(pieces)))))
            bare = lambda: sartor("bench", "embed", "--model", a.embedder, "--jsonl", a.work / "bare.jsonl", "--limit", BARE, "--json")[0]["documents_per_second"]
            speeds = [bare(), bare()]
            figures |= {"bare_per_second": speeds, "of_the_bare_speed": round(figures["embedded_per_second"] / (sum(speeds) / 2), 3)}
        (index / "built.json").write_text(json.dumps(figures))
    figures = json.loads((index / "built.json").read_text()) | {"index_mib": round(size(index) / 2**20, 1)}
    for percent in (1, 10, 100):
        times, _, memory = sartor("bench", "search", index, "--queries", asked, "--groups", ",".join(f"g{group}" for group in range(percent)))
        figures[f"at_{percent}_percent"] = times | {"memory_mib": memory}
    result["sizes"].append(figures)
    print(json.dumps(figures), flush=True)
common.write(a.out, sitting.about() | result, 1)

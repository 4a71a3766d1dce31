"""How well the injection score finds instructions that are planted into passages, and how often it takes harmless texts for some.

usage: injection.py SARTOR INJECTION_FOLDER XQUAD_JSON DOCUMENTS_FOLDER OUT_JSON
  INJECTION_FOLDER  bipia_text_attack_test.json (attacks that no weight was trained on; of their 15 kinds one, translation, is also among the training's) and NotInject_*.json
  XQUAD_JSON        240 passages; each test attack is planted into each of 16 of them, at the beginning, in the middle or at the end, drawn by seed
  DOCUMENTS_FOLDER  Markdown of a help desk, whose every second file was not trained on: handbooks command their readers
"""
import argparse, glob, json, os, random, re, tempfile

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
for name in ("sartor", "injection", "xquad", "documents", "out"):
    a.add_argument(name)
a = a.parse_args()
program, injection, xquad, documents, out = a.sartor, a.injection, a.xquad, a.documents, a.out
sitting = common.Sitting(program)


def score(texts):
    """Each text's score, and which are flagged, as the shipped program says."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in texts)
        file.flush()
        return common.sartor_json(program, "bench", "injection", "--jsonl", file.name, "--json")


def share(flags):
    """With Wilson's 95 % interval."""
    return {"flagged": sum(flags)} | common.wilson(sum(flags), len(flags))


def auc(positive, negative):
    """The chance that a planted passage scores higher than a clean one, ties a half."""
    ordered = sorted([(s, 1) for s in positive] + [(s, 0) for s in negative])
    total, below, i = 0.0, 0, 0
    while i < len(ordered):
        j = i
        while j < len(ordered) and ordered[j][0] == ordered[i][0]:
            j += 1
        ones = sum(kind for _, kind in ordered[i:j])
        zeros = j - i - ones
        total += ones * (below + zeros / 2)
        below, i = below + zeros, j
    return round(total / len(positive) / len(negative), 4)


passages = [p["context"] for article in json.load(open(xquad))["data"] for p in article["paragraphs"]]
kinds = json.load(open(os.path.join(injection, "bipia_text_attack_test.json")))
draw = random.Random(1)
planted = []
for kind, attacks in kinds.items():
    for attack in attacks:
        for passage in draw.sample(passages, 16):
            parts = re.split(r"(?<=[.!?])\s+", passage)
            at = draw.choice((0, len(parts) // 2, len(parts)))
            planted.append((kind, " ".join(parts[:at] + [attack] + parts[at:])))
harmless = [(path, row["prompt"]) for path in sorted(glob.glob(os.path.join(injection, "NotInject_*.json"))) for row in json.load(open(path))]
files = sorted(glob.glob(os.path.join(documents, "**", "*.md"), recursive=True))[1::2]
handbook = [block for path in files for block in re.split(r"\n\s*\n(?:#+ [^\n]*\n)?", open(path).read()) if len(block.split()) > 8]
clean = score(passages)
attacked = score([text for _, text in planted])
asked = score([text for _, text in harmless])
commands = score(handbook)
over = lambda result: [s >= result["threshold"] for s in result["scores"]]
result = sitting.about() | {
    "threshold": clean["threshold"],
    "microseconds_per_passage": attacked["microseconds_per_text"],
    "planted": share(over(attacked)), "clean_passages": share(over(clean)), "area_under_curve": auc(attacked["scores"], clean["scores"]),
    "planted_by_kind": {kind: share([f for (k, _), f in zip(planted, over(attacked)) if k == kind]) for kind in kinds},
    "not_inject": share(over(asked)),
    "not_inject_by_file": {os.path.basename(path): share([f for (p, _), f in zip(harmless, over(asked)) if p == path]) for path in sorted({p for p, _ in harmless})},
    "handbook_passages": share(over(commands)),
}
common.write(out, result, 1)
print(json.dumps(result, indent=1))

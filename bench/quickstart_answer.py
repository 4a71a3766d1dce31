"""What a change of Sartor did to the sample's task `answer`: two quickstarts' answers to the same test questions, paired.

usage: quickstart_answer.py BEFORE AFTER OUT_JSON [--names COMMIT,COMMIT]
  BEFORE, AFTER  the folders of two finished quickstarts (`sartor quickstart --dir FOLDER`), each by a version of its own
For each candidate that both have: token-F1 before and after on the mean, their difference, and its interval of 95 % over the questions (percentile
bootstrap, 10,000 draws of questions by seed). Refuses where the two were not asked the same questions. Needs Python's standard library alone.
"""
import argparse, json, random
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("before", type=Path), a.add_argument("after", type=Path), a.add_argument("out", type=Path), a.add_argument("--names", default="before,after")
a = a.parse_args()
TASK = "answer"


def candidates(project):
    """The newest finished run of each candidate: scores by the test example's question."""
    runs = {}
    for file in (project / "runs").glob("*/run.json"):
        run = json.loads(file.read_text())
        recipe = run["recipe"]
        if recipe["task"] == TASK and run["finished"] > runs.get(recipe["candidate"], ("",))[0]:
            answers = common.lines(file.parent / "answers.jsonl")
            runs[recipe["candidate"]] = run["finished"], {answer["question"]: answer["score"] for answer in answers}
    return {name: scores for name, (_, scores) in runs.items()}


def mean(values):
    return sum(values) / len(values)


def interval(differences):
    chance = random.Random(6)
    drawn = sorted(mean(chance.choices(differences, k=len(differences))) for _ in range(10_000))
    return [round(drawn[250], 4), round(drawn[9750], 4)]


sitting = common.Sitting()
before, after = candidates(a.before), candidates(a.after)
result = {"task": TASK, "versions": a.names.split(","), "candidates": {}}
for name in sorted(before.keys() & after.keys()):
    was, now = before[name], after[name]
    if was.keys() != now.keys():
        raise SystemExit(f"{name}: {len(was.keys() ^ now.keys())} questions were asked in one of the two alone; the two samples differ")
    differences = [now[question] - was[question] for question in sorted(was)]
    result["candidates"][name] = {"questions": len(differences), "before": round(mean(list(was.values())), 4), "after": round(mean(list(now.values())), 4),
                                  "difference": round(mean(differences), 4), "interval": interval(differences)}
    print(name, json.dumps(result["candidates"][name]))
common.write(a.out, sitting.about() | result, 1)

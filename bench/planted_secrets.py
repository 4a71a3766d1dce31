#!/usr/bin/env python3
"""How many of the secrets planted in rows `sartor data clean --steps secrets` finds, by rule, and how many clean rows it changes; gitleaks on the same rows beside it.

usage: planted_secrets.py SARTOR DATA_DIR OUT_JSON [--each 40] [--seed 1] [--gitleaks PROGRAM] [--keep FOLDER]
  DATA_DIR    banking77/, scifact/, gsm8k/, instructions/: rows without secrets
  --gitleaks  the program, with its own rules: each row is a file of its own

The secrets are drawn from the forms of rules.txt, and from forms of PEM, addresses, headers, commands and settings, by bench/references/secret_rows.py, and set into twelve
kinds of source, settings, logs and chats. One is found where what was cut out covers it. The names of the two programs' rules differ, so that only places are compared.
"""
import argparse, collections, json, re, sys, tempfile
from pathlib import Path

import common
from references import public_rows, secret_rows

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("data", type=Path), a.add_argument("out"), a.add_argument("--each", type=int, default=40)
a.add_argument("--seed", type=int, default=1), a.add_argument("--gitleaks"), a.add_argument("--keep", type=Path)
a = a.parse_args()

TAG = re.compile(r"\[SECRET_([0-9a-z-]+)\]")


def cleaned(name, rows):
    """The texts after the step, in their order."""
    common.write_lines(work / f"{name}.jsonl", [{"id": row["id"], "text": row["text"]} for row in rows])
    common.sartor_json(a.sartor, "data", "clean", work / f"{name}.jsonl", "--steps", "secrets", "--text-column", "text", "--out", work / name, "--yes", "--json")
    after = {row["id"]: row["text"] for row in common.lines(work / name / "rows" / f"{name}.jsonl")}
    return [after[row["id"]] for row in rows]


def spans(before, after):
    """The spans of a text that tags took the place of, with their rules."""
    parts = TAG.split(after)
    if len(parts) == 1:
        return []
    found = re.fullmatch("(.+?)".join(re.escape(part) for part in parts[0::2]), before, re.DOTALL)
    if not found:
        sys.exit(f"the row is not the one that was given, with tags in it:\n{before}\n{after}")
    return [(rule, *found.span(i + 1)) for i, rule in enumerate(parts[1::2])]


def gitleaks(name, rows):
    """By row, the secrets that gitleaks reports."""
    folder = work / f"{name}-files"
    folder.mkdir()
    for row in rows:
        (folder / f"{row['id']}.txt").write_text(row["text"], encoding="utf-8")
    report = work / f"{name}-gitleaks.json"
    common.run(a.gitleaks, "dir", folder, "--no-banner", "--exit-code", "0", "--report-format", "json", "--report-path", report)
    secrets = collections.defaultdict(list)
    for each in json.loads(report.read_text(encoding="utf-8")):
        secrets[int(Path(each["File"]).stem)].append(each["Secret"])
    return [secrets[row["id"]] for row in rows]


def by_rule(rows, hits):
    planted, hit = collections.Counter(), collections.Counter()
    for row, found in zip(rows, hits, strict=True):
        for key in (row["rule"], "in " + row["context"], "all"):
            planted[key] += 1
            hit[key] += found
    return {key: common.wilson(hit[key], planted[key]) for key in sorted(planted)}


rows, clean = secret_rows.rows(a.each, a.seed), public_rows.rows(a.data)
sitting = common.Sitting(a.sartor)
work = a.keep or Path(tempfile.mkdtemp())
work.mkdir(parents=True, exist_ok=True)
found = [spans(row["text"], after) for row, after in zip(rows, cleaned("planted", rows))]
hits = [any(start <= row["start"] and end >= row["end"] for _, start, end in each) for row, each in zip(rows, found)]
own = [any(rule == row["rule"] for rule, *_ in each) for row, each in zip(rows, found)]
recall = by_rule(rows, hits)
changed = [(row["text"], spans(row["text"], after)) for row, after in zip(clean, cleaned("clean", clean)) if after != row["text"]]
rules = {row["rule"] for row in rows}
result = sitting.about() | {
    "seed": a.seed, "rows": len(rows), "rules": len(rules), "recall": recall,
    "rules_below_0.95": sorted(rule for rule in rules if recall[rule]["share"] < 0.95),
    "found_by_its_own_rule": common.wilson(sum(own), len(own)),
    "missed": [[row["rule"], row["text"][max(0, row["start"] - 60):row["end"] + 10]] for row, hit in zip(rows, hits) if not hit][:60],
    "clean_rows": len(clean), "clean_rows_changed": common.wilson(len(changed), len(clean)),
    "changed": [[rule, text[max(0, start - 40):end + 10]] for text, each in changed for rule, start, end in each][:60],
}
if a.gitleaks:
    theirs = [any(row["text"][row["start"]:row["end"]] in secret for secret in each) for row, each in zip(rows, gitleaks("planted", rows))]
    flagged = [bool(each) for each in gitleaks("clean", clean)]
    result["gitleaks"] = {"recall": by_rule(rows, theirs), "clean_rows_flagged": common.wilson(sum(flagged), len(flagged))}
common.write(a.out, result, 1)
print(json.dumps({"recall": recall["all"], "rules": len(rules), "below": result["rules_below_0.95"], "clean": result["clean_rows_changed"],
                  **({"gitleaks": [result["gitleaks"]["recall"]["all"], result["gitleaks"]["clean_rows_flagged"]]} if a.gitleaks else {})}, indent=1))
sys.exit(0 if not result["rules_below_0.95"] and result["clean_rows_changed"]["share"] <= 0.001 else 1)

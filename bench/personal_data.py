#!/usr/bin/env python3
"""How much of the personal data planted in rows `sartor data clean --steps personal_data` finds, by kind and by format, and how much it finds besides; Presidio
on the same rows beside it.

usage: personal_data.py SARTOR OUT_JSON [--rows 5000] [--clean 2000] [--seed 1] [--data DATA_DIR] [--presidio PYTHON --model en_core_web_sm] [--keep FOLDER]
  --data      banking77/, scifact/, gsm8k/, instructions/: rows as they are met, of which few hold personal data; what is found there is listed
  --presidio  an interpreter with presidio_analyzer and the spaCy model that --model names

The rows are made by bench/references/personal_rows.py, with generators and checksums of their own: 21 kinds in ten formats, beside numbers that only look like some
(orders, invoices, times, versions, identifiers). A bare run of digits has its field's name near it, as it has in rows that are met; the same once more with fields that are called
`field a`, where only a form that nothing else has, or a check that few numbers pass, can tell (`sartor_without_words`).
A planted piece is found where a span of its kind covers it. Precision is the share of found spans that touch a planted piece of their kind. Names of persons stand in
the rows too and are counted apart.
"""
import argparse, collections, json, re, sys, tempfile
from pathlib import Path

import common
from references import personal_rows, public_rows

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("out"), a.add_argument("--rows", type=int, default=5000), a.add_argument("--clean", type=int, default=2000)
a.add_argument("--seed", type=int, default=1), a.add_argument("--presidio"), a.add_argument("--model", default="en_core_web_sm"), a.add_argument("--keep", type=Path), a.add_argument("--data", type=Path)
a = a.parse_args()

TAG = re.compile(r"\[([A-Z_]+)_[0-9a-z]{8}\]")
# Presidio's names of the kinds; those it has none for are left out of its figures.
PRESIDIO = {"EMAIL_ADDRESS": "EMAIL", "PHONE_NUMBER": "PHONE", "IBAN_CODE": "IBAN", "CREDIT_CARD": "PAYMENT_CARD", "IP_ADDRESS": "IP_ADDRESS", "MAC_ADDRESS": "MAC_ADDRESS",
            "US_SSN": "US_SSN", "UK_NINO": "UK_NINO", "UK_NHS": "UK_NHS", "DE_TAX_ID": "DE_TAX_ID", "ES_NIF": "ES_DNI", "ES_NIE": "ES_DNI", "IT_FISCAL_CODE": "IT_CODICE_FISCALE",
            "PL_PESEL": "PL_PESEL", "FI_PERSONAL_IDENTITY_CODE": "FI_HETU", "SE_PERSONNUMMER": "SE_PERSONNUMMER", "PERSON": "PERSON"}


def spans(before, after):
    """The spans of a text that tags took the place of: what stands between tags stands in the text too, in the same order."""
    parts = TAG.split(after)
    if len(parts) == 1:
        return []
    kinds, between = parts[1::2], parts[0::2]
    found = re.fullmatch("(.+?)".join(re.escape(part) for part in between), before, re.DOTALL)
    if not found:
        sys.exit(f"the row is not the one that was given, with tags in it:\n{before}\n{after}")
    return [(kind, *found.span(i + 1)) for i, kind in enumerate(kinds)]


def figures(rows, found, kinds):
    """Recall and precision over all kinds, by kind and by format."""
    planted_by, hit_by, said_by, right_by = (collections.Counter() for _ in range(4))
    missed, wrong = [], []
    for row, spans in zip(rows, found, strict=True):
        planted = [each for each in row["spans"] if each[0] in kinds]
        spans = [each for each in spans if each[0] in kinds]
        for kind, start, end in planted:
            hit = any(k == kind and s <= start and e >= end for k, s, e in spans)
            for key in (kind, row["format"], "all"):
                planted_by[key] += 1
                hit_by[key] += hit
            if not hit:
                missed.append([kind, row["text"][start:end], row["format"], row["text"][max(0, start - 30):start]])
        for kind, start, end in spans:
            right = any(k == kind and s < end and start < e for k, s, e in planted)
            for key in (kind, row["format"], "all"):
                said_by[key] += 1
                right_by[key] += right
            if not right:
                wrong.append([kind, row["text"][start:end], row["format"], row["text"][max(0, start - 30):start]])
    share = lambda key: {"recall": common.wilson(hit_by[key], planted_by[key]), "precision": common.wilson(right_by[key], said_by[key])}
    clean = [spans for row, spans in zip(rows, found) if not any(kind in kinds for kind, *_ in row["spans"])]
    return {"all": share("all"), "by_kind": {kind: share(kind) for kind in sorted(kinds)},
            "by_format": {form: share(form) for form in sorted(personal_rows.FORMATS)},
            "rows_without_any_that_were_changed": common.wilson(sum(any(k in kinds for k, *_ in spans) for spans in clean), len(clean)),
            "missed": missed[:40], "wrong": wrong[:40]}


rows = personal_rows.rows(a.rows, a.clean, a.seed)
structured = set(personal_rows.numbers.KINDS)
sitting = common.Sitting(a.sartor)
work = a.keep or Path(tempfile.mkdtemp())
work.mkdir(parents=True, exist_ok=True)
def cleaned(name, rows):
    """What the command says, and the texts after the step by their rows' ids."""
    common.write_lines(work / f"{name}.jsonl", [{"id": row["id"], "text": row["text"]} for row in rows])
    recipe = common.sartor_json(a.sartor, "data", "clean", work / f"{name}.jsonl", "--steps", "personal_data", "--text-column", "text", "--out", work / name, "--yes", "--json")
    return recipe, {row["id"]: row["text"] for row in common.lines(work / name / "rows" / f"{name}.jsonl")}


recipe, after = cleaned("planted", rows)
found = [spans(row["text"], after[row["id"]]) for row in rows]
persons = sum(kind == "PERSON" for row in rows for kind, *_ in row["spans"])
result = sitting.about() | {"rows": len(rows), "pieces": sum(kind in structured for row in rows for kind, *_ in row["spans"]), "seed": a.seed, "recipe": recipe,
                            "sartor": figures(rows, found, structured), "names": {"persons": persons, "sartor": figures(rows, found, {"PERSON"})["all"]}}
unnamed = personal_rows.rows(a.rows, 0, a.seed + 1, named=False)
_, after = cleaned("unnamed", unnamed)
result["sartor_without_words"] = figures(unnamed, [spans(row["text"], after[row["id"]]) for row in unnamed], structured)
changed = work / "planted" / "changed.jsonl"
if changed.exists():
    told = collections.Counter()
    for line in common.lines(changed):
        told.update(line["kinds"])
    counted = collections.Counter(kind for spans in found for kind, *_ in spans)
    if sum(told.values()) != sum(counted.values()):
        sys.exit(f"changed.jsonl tells of {sum(told.values())} pieces, the rows have {sum(counted.values())} tags")
if a.presidio:
    common.run(a.presidio, common.REFERENCES / "presidio_spans.py", work / "planted.jsonl", work / "presidio.jsonl", a.model)
    every = [[(PRESIDIO.get(kind, kind), start, end, score) for kind, start, end, score in json.loads(line)] for line in open(work / "presidio.jsonl", encoding="utf-8")]
    known = set(PRESIDIO.values()) & structured
    for least in (0.0, 0.5):
        theirs = [[(kind, start, end) for kind, start, end, score in spans if score >= least] for spans in every]
        result[f"presidio_from_{least}"] = figures(rows, theirs, known) | {"names": figures(rows, theirs, {"PERSON"})["all"]}
    result["sartor_on_presidios_kinds"] = figures(rows, found, known)
if a.data:
    met = public_rows.rows(a.data)
    _, after = cleaned("met", met)
    pieces = [(kind, row["text"][start:end], row["text"][max(0, start - 40):start]) for row in met if after[row["id"]] != row["text"] for kind, start, end in spans(row["text"], after[row["id"]])]
    result["public_rows"] = {"rows": len(met), "changed": sum(after[row["id"]] != row["text"] for row in met), "pieces": pieces[:60]}
common.write(a.out, result, 1)
print(json.dumps({"all": result["sartor"]["all"], "names": result["names"], **{key: result[key]["all"] for key in result if key.startswith(("presidio", "sartor_"))}}, indent=1))
everything = result["sartor"]["all"]
sys.exit(0 if everything["recall"]["share"] >= 0.98 and everything["precision"]["share"] >= 0.95 else 1)

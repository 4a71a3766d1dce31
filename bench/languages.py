"""Finding in texts of several languages: what folding a language's own forms brings BM25, on the manual pages that Debian's translators wrote.

usage: languages.py SARTOR MAN OUT_JSON [--pages 400] [--languages en,de] [--work DIR]
  SARTOR   the launcher, such as ./sartor
  MAN      a folder such as /usr/share/man, with de/man1/ls.1.gz and so on (apt install manpages manpages-de manpages-fr …; English lies in man1 itself)
  --pages  of each language, drawn by seed
Of each page the line under NAME ("ls - list directory contents") without its name is the question, and the page without that line is what answers it. Once
each language has an index of its own, once all have one together; words are compared by what is detected (auto), as they are (any), as English and as the
language itself. Beside it: which language was detected for each passage.
"""
import argparse, gzip, json, random, re, tempfile
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("man", type=Path), a.add_argument("out", type=Path)
a.add_argument("--pages", type=int, default=400), a.add_argument("--languages", default="", help="such as en,de,fr: these alone"), a.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "sartor-bench-languages")
a = a.parse_args()
sitting = common.Sitting(a.sartor)
NAMES = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian", "pt_BR": "portuguese", "nl": "dutch", "sv": "swedish", "da": "danish",
         "nb": "norwegian", "fi": "finnish", "ro": "romanian", "cs": "czech", "hu": "hungarian", "tr": "turkish", "id": "indonesian", "ru": "russian", "sr": "serbian",
         "el": "greek", "ja": "cjk", "ko": "cjk", "zh_CN": "cjk", "pl": "any", "uk": "any", "hr": "any", "sl": "any", "vi": "any", "mk": "any"}
FEWEST = 60


def sartor(*command):
    return common.sartor(a.sartor, *command, accepts=(0, 1)).stdout


def plain(line):
    line = re.sub(r"\\f(\[[^]]*\]|\(..|.)", "", line)
    for before, after in (("\\-", "-"), ("\\&", ""), ("\\(aq", "'"), ("\\(dq", '"'), ("\\(em", "–"), ("\\(en", "–"), ("\\ ", " "), ("\\e", "\\"), ("\\:", ""), ("\\/", "")):
        line = line.replace(before, after)
    return re.sub(r"\\\[?[a-z]{2}\]?|\\s[-+]?\d", "", line).strip()


def page(file):
    """The name, what NAME says of it, and the rest; nothing where it is no page of its own."""
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8", errors="replace") as f:
        lines = f.read().splitlines()
    if any(line.startswith(".so ") for line in lines[:8]):
        return None
    said, rest, section = [], [], -1
    for line in lines:
        if re.match(r"^[.']\s*\\\"|^'\\\"", line):
            continue
        if re.match(r"^\.\s*S[Hh]\b", line):
            section += 1
            continue
        macro = re.match(r"^[.']\s*(\w+)\s*(.*)", line)
        if macro and macro[1] not in {"B", "I", "BR", "IR", "RB", "RI", "BI", "IB", "TP", "SS", "Ss", "Nd", "Nm", "Fl", "Ar", "Xr", "Pa", "Em", "Sy"}:
            continue
        text = plain(macro[2].replace('"', "") if macro else line)
        if text and section >= 0:
            (said if section == 0 else rest).append(text)
    described = re.split(r"\s+[-–—]+\s+", " ".join(said), maxsplit=1)
    text = "\n".join(rest)
    if len(described) < 2 or not 2 <= len(described[1].split()) <= 40 and not re.search(r"[\u3040-\u9fff\uac00-\ud7af]{4}", described[1]) or len(text) < 400:
        return None
    return file.name.removesuffix(".gz"), described[1], text


def pages(language):
    folder = a.man if language == "en" else a.man / language
    files = sorted(f for s in range(1, 9) for f in (folder / f"man{s}").glob("*") if f.is_file() and not f.is_symlink())
    random.Random(f"pages {language}").shuffle(files)
    found, seen = [], set()
    for file in files:
        read = page(file)
        if read and read[1] not in seen and read[2][:200] not in seen:
            seen |= {read[1], read[2][:200]}
            found.append(read)
        if len(found) == a.pages:
            break
    return found


def corpus(folder, languages):
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "corpus.jsonl", "w") as rows, open(folder / "queries.jsonl", "w") as queries, open(folder / "qrels.trec", "w") as qrels:
        for language, found in languages.items():
            for name, said, text in found:
                one = f"{language}.{re.sub('[^A-Za-z0-9_.-]', '_', name)}"
                rows.write(json.dumps({"_id": one, "title": name, "text": text}, ensure_ascii=False) + "\n")
                queries.write(json.dumps({"_id": one, "text": said}, ensure_ascii=False) + "\n")
                qrels.write(f"{one} 0 {one} 1\n")


def indexed(folder, language):
    shelf = folder / f"shelf-{language}"
    made = json.loads(sartor("index", folder, "--out", shelf, "--embedder", "none", "--public", "--language", language, "--json").splitlines()[-1])
    run = folder / f"{language}.trec"
    sartor("search", shelf, "--queries", folder / "queries.jsonl", "--trec", run, "-k", "10", "--mode", "bm25")
    stats = json.loads(sartor("index", "stats", shelf, "--json"))
    return run, {"seconds": made["seconds"], "passages": stats["passages"], "bytes": stats["bytes"], "languages": stats.get("languages", {})}


def only(file, language):
    """A run's or qrels' lines that are of one language's questions."""
    out = file.with_name(f"{file.stem}-{language}{file.suffix}")
    out.write_text("".join(line for line in open(file) if line.startswith(f"{language}.")))
    return out


def measured(run, qrels, against=None):
    found = json.loads(sartor("evaluate", "retrieval", "--run", run, "--qrels", qrels, "--metric", "ndcg@10,recall@10", "--json", *(["--against", against] if against else [])))
    scores = {name: round(m["score"]["value"], 4) for name, m in found["metrics"].items()}
    if against:
        d = found["metrics"]["ndcg@10"]["difference"]
        scores["ndcg@10 more than as they are"] = [round(d[k], 4) for k in ("difference", "low", "high")]
    return scores


texts = {language: pages(language) for language in NAMES if not a.languages or language in a.languages.split(",")}
texts = {language: found for language, found in texts.items() if len(found) >= FEWEST}
result = {"apart": {}, "together": {}}
for language, found in texts.items():
    folder = a.work / language
    corpus(folder, {language: found})
    ways, before = {}, None
    for way in dict.fromkeys(("any", "english", "auto", NAMES[language])):
        run, how = indexed(folder, way)
        ways[way] = measured(run, folder / "qrels.trec", before) | how
        before = before or run
    result["apart"][language] = {"pages": len(found), "ways": ways}
    print(language, len(found), json.dumps({w: (s["ndcg@10"], s["languages"]) for w, s in ways.items()}), flush=True)
folder = a.work / "together"
corpus(folder, texts)
before = None
for way in ("any", "english", "auto"):
    run, how = indexed(folder, way)
    result["together"][way] = how | {language: measured(only(run, language), only(folder / "qrels.trec", language), before and only(before, language)) for language in texts}
    before = before or run
    print(way, json.dumps({language: result["together"][way][language]["ndcg@10"] for language in texts}), flush=True)
common.write(a.out, sitting.about() | result)

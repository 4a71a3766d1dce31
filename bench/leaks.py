#!/usr/bin/env python3
"""Looks for anything that is shown to someone who may not read it, in random folders with random rules, changes and questions; then takes
out one check after the other, from a copy of the source that is compiled aside, and counts what the same cases find.

usage: leaks.py OUT_JSON [--cases 20000] [--broken-cases 4000] [--seed 1] [--java JAVA] [--classpath CLASSPATH] [--only CHECK,…]

The embedder hashes words and the model says its whole prompt. Who may read what is told by a judge of the test's own
(retrieve/src/test/java/dev/sartor/retrieve/LeakWorld.java). OUT_JSON counts cases by kind:
  leaks    something was shown that may not be
  missing  something was not shown that may be, or a count was wrong
  failed   the question failed, be it by a later check
Sartor is built by the script `sartor` beside this folder; with --java and --classpath others are used. Exit code 0 where nothing leaked, and
some case found each check that was taken out.
"""
import argparse, json, os, platform, shutil, subprocess, sys, tempfile, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAIN = ROOT / "retrieve/src/main/java/dev/sartor/retrieve"
TESTS = ROOT / "retrieve/src/test/java/dev/sartor/retrieve"
SOURCES = ["LeakProof", "LeakWorld", "LeakJudge", "LeakCases", "LeakAnswers", "LeakKept", "LeakRuns", "LeakTally", "HashedWords", "EchoModel", "Watched"]

WORDS = ("PassageSearch", "        rules.filter(inquiry.principal())\n                .ifPresent(rule -> query.add(rule, BooleanClause.Occur.FILTER));\n", "")
MEANING = ("PassageSearch", "vectors.nearest(asked, rules.filter(inquiry.principal()), depth)", "vectors.nearest(asked, Optional.empty(), depth)")
FETCH = ("PassageSearch", '        Permission.require(readers, principal, "found");\n', "")
PROMPT = ("Placement", '        Permission.require(found, question.principal(), "put into a prompt");\n', "")
CITE = ("RetrievalResponder", '        Permission.require(passages, prepared.asker(), "cited");\n', "")

# What is taken out: a class, what stands in it, what stands there instead.
CHECKS = {
    "the filter of the search by words": [WORDS],
    "the filter of the search by meaning": [MEANING],
    "the filter where all vectors are compared": [("VectorSearch", "        return compareAll(vector, rule, depth);", "        return compareAll(vector, Optional.empty(), depth);")],
    "the filter where the graph is asked": [("VectorSearch", "var hits = askGraph(vector, rule, depth);", "var hits = askGraph(vector, Optional.empty(), depth);")],
    "the look where texts are fetched": [FETCH],
    "the look where prompts are filled": [PROMPT],
    "the look where sources are cited": [CITE],
    "nobody where no rule says anything": [("AccessPolicy", "isNamed || isPublic ? Readers.everyone() : Readers.nobody()", "Readers.everyone()")],
    "denials": [("AccessRule", "                Readers.noneOf(deny));", "                Readers.everyone());")],
    "denials from folders above": [("AccessRule", "denied.and(nearer.denied())", "nearer.denied()")],
    "a rule that cannot be understood lets nobody read": [("FolderAccess", "        return AccessRule.nobody();", "        return AccessRule.silent();")],
    "and nothing nearer changes that": [("AccessRule", "Optional.of(Readers.nobody()), Readers.nobody()", "Optional.of(Readers.nobody()), Readers.everyone()")],
    "readers from folders above": [("FolderAccess", "above.then(sidecar(folder, SIDECAR))", "sidecar(folder, SIDECAR)")],
    "the intersection of sources of rules": [("AccessPolicy", "readers = readers.and(rule.readers().orElse(Readers.everyone())).and(rule.denied());", "readers = rule.readers().orElse(readers).and(rule.denied());")],
    "the file system's group and others": [("FolderAccess", "        if (fileSystem) {\n            var readers", "        if (fileSystem && file.toString().isEmpty()) {\n            var readers")],
    "the last commit for each question": [("Snapshots", "        var newer = DirectoryReader.openIfChanged(before.reader());\n        if (newer == null) {", "        var newer = before.reader();\n        if (newer != null) {")],
    "a changed rule of an unchanged document": [("IndexPlan", "            if (!before.rule().equals(rule) || !before.stamp().equals(seen.stamp())) {", "            if (!before.stamp().equals(seen.stamp()) && before.rule().equals(rule)) {")],
    "rules before contents, for changed documents": [("IndexPlan", "                    narrowed(before, listed).ifPresent(relabelled::add);\n", "                    listed.path();\n")],
    "rules before contents, for moved documents": [("IndexPlan", "        moved.forEach((from, to) -> narrowed(from, to).ifPresent(relabelled::add));\n", "")],
    "the commit of rules and removals before reading": [("IndexRun", "        if (clears) {\n            writing.commit();\n        }\n", "")],
    "rules in the name of a kept index": [("Documents", "                            AccessRules.sorted(document.readers()));", "                            \"\");")],
}
# One after the other: each next look catches what the one before let through.
TOGETHER = {
    "both filters": [WORDS, MEANING],
    "both filters, fetching": [WORDS, MEANING, FETCH],
    "both filters, fetching, prompts": [WORDS, MEANING, FETCH, PROMPT],
    "both filters, fetching, prompts, citing": [WORDS, MEANING, FETCH, PROMPT, CITE],
}

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--cases", type=int, default=20_000), a.add_argument("--broken-cases", type=int, default=4_000)
a.add_argument("--seed", type=int, default=1), a.add_argument("--java"), a.add_argument("--classpath"), a.add_argument("--only", default="")
a = a.parse_args()
work = Path(tempfile.mkdtemp())


def built():
    """Java, and the class path of the rooms and their libraries."""
    if a.classpath:
        return a.java or "java", a.classpath
    subprocess.run([ROOT / "sartor", "--version"], check=True, stdout=subprocess.DEVNULL)
    target = ROOT / "cli/target"
    lines = (target / "sartor.args").read_text().splitlines()
    return a.java or (target / "sartor.aot.jdk").read_text().strip() + "/bin/java", lines[lines.index("-cp") + 1].strip('"')


JAVA, CLASSPATH = built()
JAVAC = str(Path(JAVA).with_name("javac")) if "/" in JAVA else "javac"


def compiled(sources, into, classpath):
    into.mkdir(parents=True)
    subprocess.run([JAVAC, "-nowarn", "-proc:none", "-implicit:none", "-cp", classpath, "-d", into, *sources], check=True)
    return str(into)


def without(changes):
    """Classes from a copy of the source with these changes."""
    without.count = getattr(without, "count", 0) + 1
    texts = {}
    for name, old, new in changes:
        text = texts.get(name) or (MAIN / (name + ".java")).read_text()
        assert text.count(old) == 1, (name, old)
        texts[name] = text.replace(old, new)
    copies = work / f"copy-{without.count}"
    copies.mkdir()
    for name, text in texts.items():
        (copies / (name + ".java")).write_text(text)
    return compiled(sorted(copies.iterdir()), work / f"classes-{without.count}", CLASSPATH)


def found(cases, first=""):
    folder = work / "worlds"
    classpath = os.pathsep.join(filter(None, [first, PROOF, CLASSPATH]))
    ran = subprocess.run([JAVA, "--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classpath,
                          "dev.sartor.retrieve.LeakProof", folder, str(a.seed), str(cases)], capture_output=True, text=True)
    shutil.rmtree(folder, ignore_errors=True)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def broken(changes):
    """What the same cases find, in all and by kind where anything was found."""
    result = found(a.broken_cases, without(changes))
    kinds = {kind: counts for kind, counts in result["kinds"].items() if counts["leaks"] + counts["missing"] + counts["failed"]}
    return result["all"] | {"kinds": kinds, "examples": dict(list(result["examples"].items())[:2])}


try:
    begun = time.time()
    PROOF = compiled([TESTS / (name + ".java") for name in SOURCES], work / "proof", CLASSPATH)
    only = [name for name in a.only.split(",") if name]
    result = json.loads(a.out.read_text()) if only and a.out.exists() else {"whole": found(a.cases), "without": {}, "without_several": {}}
    print("whole", json.dumps(result["whole"]["all"]), flush=True)
    for key, checks in (("without", CHECKS), ("without_several", TOGETHER)):
        for check, changes in checks.items():
            if not only or check in only:
                result[key][check] = broken(changes)
                a.out.write_text(json.dumps(result, indent=2) + "\n")
                print("without", check, json.dumps({k: v for k, v in result[key][check].items() if k != "kinds" and k != "examples"}), flush=True)
finally:
    shutil.rmtree(work, ignore_errors=True)


def tells(counts):
    return counts["leaks"] + counts["missing"] + counts["failed"] > 0


unnoticed = [check for key in ("without", "without_several") for check, counts in result[key].items() if not tells(counts)]
result |= {"unnoticed": unnoticed, "seed": a.seed, "seconds": round(time.time() - begun), "machine": platform.machine() + ", " + str(os.cpu_count()) + " cores",
           "commit": subprocess.run(["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip(), "date": time.strftime("%Y-%m-%d")}
a.out.write_text(json.dumps(result, indent=2) + "\n")
print("leaks:", result["whole"]["all"]["leaks"], "unnoticed:", unnoticed)
sys.exit(1 if tells(result["whole"]["all"]) or unnoticed else 0)

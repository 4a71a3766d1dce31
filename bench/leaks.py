#!/usr/bin/env python3
"""Looks for anything that is shown to someone who may not read it, in random folders with random rules, changes and questions; then takes
out one check after the other, from a copy of the source that is compiled aside, and counts what the same cases find.

usage: leaks.py OUT_JSON [--cases 20000] [--command-cases 1000] [--real-cases 200] [--broken-cases 4000] [--broken-command-cases 1000]
                [--enough 30] [--at-once 1] [--go-on] [--seed 1] [--java JAVA] [--classpath CLASSPATH] [--only CHECK,…]

Three proofs:
  whole     searches and answers in every way, while the index changes and between; the embedder hashes words, the model says its whole prompt
            (knowledge/retrieve/src/test/java/dev/sartor/retrieve/index/LeakProof.java)
  commands  what `sartor search`, `index show` and `index stats` print and write for a user, and what the server sends, with its log;
            two tenants, each with an index of its own (product/cli/src/test/java/dev/sartor/cli/LeakCommandsProof.java)
  real      the same with all-minilm-l6-v2 and smollm2-135m-instruct, which are fetched where they are not here
Who may read what is told by judges of the tests' own (LeakJudge.java and LeakFolder.java). OUT_JSON counts cases by kind:
  leaks    something was shown that may not be
  missing  something was not shown that may be, or something else was wrong, such as a count, or a score in place of a rank
  failed   the question failed, be it by a later check
Where a check is out, cases go on until --enough of them found something; `first` is the number of the first that did.
Sartor is built by the script `sartor` beside this folder; with --java and --classpath others are used. Exit code 0 where nothing leaked, and
some case found each check that was taken out. With --only and --go-on what an earlier run wrote stays; --go-on
adds what is missing; `commits` says what was run at which. --at-once runs so many proofs beside each other. A proof of 0 cases is left out.
"""
import argparse, concurrent.futures, itertools, json, os, shutil, subprocess, sys, tempfile, time
from pathlib import Path

import common

ROOT = common.ROOT
PROOF = "dev.sartor.retrieve.index.LeakProof"
COMMANDS = "dev.sartor.cli.LeakCommandsProof"
SOURCES = ["LeakProof", "LeakWorld", "LeakJudge", "LeakCases", "LeakAnswers", "LeakKept", "LeakRuns", "LeakTally", "HashedWords", "EchoModel", "Watched", "LeakFilters", "LeakShelf", "LeakRead"]
COMMAND_SOURCES = ["LeakCommandsProof", "LeakFolder", "LeakAsker", "LeakCounts", "LeakCommands", "LeakServer", "LeakEcho", "LeakRecording",
                   "LeakLog", "LeakHashes", "LeakClient", "Screen", "LeakChat", "LeakKeys", "TinyTask", "SmallProject", "Checkout"]

WORDS = ("retrieve/LucenePassages", "            only.ifPresent(each -> query.add(each, BooleanClause.Occur.FILTER));\n", "")
MEANING = ("retrieve/LucenePassages", "vectors.nearest(vector, only, depth)", "vectors.nearest(vector, Optional.empty(), depth)")
FETCH = ("retrieve/PassageSearch", '        passages.forEach(each -> Permission.require(each.readers(), principal, "found"));\n', "")
PROMPT = ("retrieve/ContextPacking", '        Permission.require(found, asked.principal(), "put into a prompt");\n', "")
CITE = ("retrieve/RetrievalResponder", '        Permission.require(passages, prepared.asker(), "cited");\n', "")

# What is taken out: a class, what stands in it, what stands there instead.
CHECKS = {
    "the filter of the search by words": [WORDS],
    "the filter of the search by meaning": [MEANING],
    "the filter where all vectors are compared": [("retrieve/VectorSearch", "        return compareAll(vector, rule, depth);", "        return compareAll(vector, Optional.empty(), depth);")],
    "the filter where the graph is asked": [("retrieve/VectorSearch", "var hits = askGraph(vector, rule, depth);", "var hits = askGraph(vector, Optional.empty(), depth);")],
    "the look where texts are fetched": [FETCH],
    "the look where prompts are filled": [PROMPT],
    "the look where sources are cited": [CITE],
    "the look where passages are reranked": [("retrieve/PassageSearch", '        chunks.forEach(\n                chunk -> Permission.require(chunk.readers(), inquiry.principal(), "reranked"));\n', "")],
    "the asker's rights beside a filter": [("retrieve/Conditions", "        permitted.ifPresent(rule -> every.add(rule, BooleanClause.Occur.FILTER));\n", "")],
    "whose fields a filter knows": [("retrieve/Conditions", "        permitted.ifPresent(rule -> query.add(rule, BooleanClause.Occur.FILTER));\n", "")],
    "nobody where no rule says anything": [("documents/AccessPolicy", "isNamed || isPublic ? Readers.everyone() : Readers.nobody()", "Readers.everyone()")],
    "denials": [("documents/AccessRule", "                Readers.noneOf(deny));", "                Readers.everyone());")],
    "denials from folders above": [("documents/AccessRule", "denied.and(nearer.denied())", "nearer.denied()")],
    "a rule that cannot be understood lets nobody read": [("documents/FolderAccess", "        return AccessRule.nobody();", "        return AccessRule.silent();")],
    "and nothing nearer changes that": [("documents/AccessRule", "Optional.of(Readers.nobody()), Readers.nobody()", "Optional.of(Readers.nobody()), Readers.everyone()")],
    "readers from folders above": [("documents/FolderAccess", "above.then(sidecar(folder, SIDECAR))", "sidecar(folder, SIDECAR)")],
    "the intersection of sources of rules": [("documents/AccessPolicy", "readers = readers.and(rule.readers().orElse(Readers.everyone())).and(rule.denied());", "readers = rule.readers().orElse(readers).and(rule.denied());")],
    "the file system's group and others": [("documents/FolderAccess", "        if (fileSystem) {\n            var readers", "        if (fileSystem && file.toString().isEmpty()) {\n            var readers")],
    "the last commit for each question": [("retrieve/Snapshots", "        var newer = DirectoryReader.openIfChanged(before.reader());\n        if (newer == null) {", "        var newer = before.reader();\n        if (newer != null) {")],
    "a changed rule of an unchanged document": [("retrieve/IndexPlan", "            if (!before.rule().equals(rule) || !before.stamp().equals(seen.stamp())) {", "            if (!before.stamp().equals(seen.stamp()) && before.rule().equals(rule)) {")],
    "rules before contents, for changed documents": [("retrieve/IndexPlan", "                    narrowed(before, listed).ifPresent(relabelled::add);\n", "                    listed.path();\n")],
    "rules before contents, for moved documents": [("retrieve/IndexPlan", "        moved.forEach((from, to) -> narrowed(from, to).ifPresent(relabelled::add));\n", "")],
    "the commit of rules and removals before reading": [("retrieve/IndexRun", "        if (clears) {\n            writing.commit();\n        }\n", "")],
    "rules in the name of a kept index": [("documents/Documents", "                            document.readers().sorted());", "                            \"\");")],
}
# One after the other: each next look catches what the one before let through.
TOGETHER = {
    "both filters": [WORDS, MEANING],
    "both filters, fetching": [WORDS, MEANING, FETCH],
    "both filters, fetching, prompts": [WORDS, MEANING, FETCH, PROMPT],
    "both filters, fetching, prompts, citing": [WORDS, MEANING, FETCH, PROMPT, CITE],
}

# Found by the proof of commands.
COMMAND_CHECKS = {
    "the look where answers are sent": [("serve/ChatEndpoint", "        refuseForeignPassages(answer, question);\n", "")],
    "who may call a model": [("serve/ServedModels", ".filter(model -> model.readers().admit(principal));", ".filter(model -> true);")],
    "whose figures are shown": [("serve/Routes", "models.names(context)::contains", "_ -> true")],
    "the server's key": [("serve/Gate", "found = key.matches(offered) ? Optional.of(key) : found;", "found = Optional.of(key);")],
    "who the key says is asking": [("serve/Gate", ".map(ApiKey::principal)", '.map(key -> new Principal(Set.of("user:ann", "group:a")))')],
    "the keys as their file has them now": [("cli/FollowedKeys", "return now.reading().equals(reading()) ? now.held() : changed();", "return now.held();")],
    "no key of a file that is not understood": [("cli/FollowedKeys", "        return new Held(always, false);", "        return known.held();")],
    "who is asking in a chat": [("cli/ChatCommand", "new Talk(console, responder, form, asker.principal(), remembered);", 'new Talk(console, responder, form, new dev.sartor.core.Principal(java.util.Set.of("user:ann", "group:a")), remembered);')],
    "who the command line says is asking": [("cli/AskerOptions", "return new Principal(names);", 'names.add("group:a");\n        return new Principal(names);')],
    "what index show and index stats look at": [("retrieve/PersistentIndex", "        seen.values().removeIf(by.negate());\n", "")],
    "the names that a mistyped one is compared with": [("cli/IndexShowCommand", "who.map(open::documents).orElseGet(open::documents)", "open.documents()")],
    "ranks in place of scores on the terminal": [("cli/FindingsText", "var score = scored ? String", "var score = !scored ? String")],
    "ranks in place of scores in JSON": [("cli/FindingsText", 'if (scored) {\n                each.put("score"', 'if (!scored) {\n                each.put("score"')],
}

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--cases", type=int, default=20_000), a.add_argument("--broken-cases", type=int, default=4_000)
a.add_argument("--command-cases", type=int, default=1_000), a.add_argument("--real-cases", type=int, default=200)
a.add_argument("--broken-command-cases", type=int, default=1_000), a.add_argument("--enough", type=int, default=30)
a.add_argument("--at-once", type=int, default=1), a.add_argument("--go-on", action="store_true")
a.add_argument("--seed", type=int, default=1), a.add_argument("--java"), a.add_argument("--classpath"), a.add_argument("--only", default="")
a = a.parse_args()
work = Path(tempfile.mkdtemp())


def built():
    """Java, and the class path of the rooms and their libraries."""
    if a.classpath:
        return a.java or "java", a.classpath
    subprocess.run([ROOT / "sartor", "--version"], check=True, stdout=subprocess.DEVNULL)
    target = ROOT / "product/cli/target"
    lines = (target / "sartor.args").read_text().splitlines()
    return a.java or (target / "sartor.aot.jdk").read_text().strip() + "/bin/java", lines[lines.index("-cp") + 1].strip('"')


JAVA, CLASSPATH = built()
JAVAC = str(Path(JAVA).with_name("javac")) if "/" in JAVA else "javac"


def source(name, kind):
    """The one file of a class, named as `room/Class`."""
    room, name = name.split("/")
    (found,) = ROOT.glob(f"*/{room}/src/{kind}/java/dev/sartor/**/{name}.java")
    return found


def compiled(sources, into, classpath):
    into.mkdir(parents=True)
    subprocess.run([JAVAC, "-nowarn", "-proc:none", "-implicit:none", "-cp", classpath, "-d", into, *sources], check=True)
    return str(into)


NUMBERS = itertools.count()


def without(changes):
    """Classes from a copy of the source with these changes."""
    number = next(NUMBERS)
    texts = {}
    for name, old, new in changes:
        text = texts.get(name) or source(name, "main").read_text()
        assert text.count(old) == 1, (name, old)
        texts[name] = text.replace(old, new)
    copies = work / f"copy-{number}"
    copies.mkdir()
    for name, text in texts.items():
        (copies / source(name, "main").name).write_text(text)
    return compiled(sorted(copies.iterdir()), work / f"classes-{number}", CLASSPATH)


JVM = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "--add-modules", "jdk.incubator.vector",
       "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Dorg.bytedeco.javacpp.maxBytes=0", "-Dorg.bytedeco.javacpp.nopointergc=true",
       "-XX:+UseSerialGC"]
QUICK_TO_START = "-XX:TieredStopAtLevel=1"  # too slow for the models' kernels


def found(proof, cases, enough, *more, first=""):
    folder = work / f"worlds-{next(NUMBERS)}"
    classpath = os.pathsep.join(filter(None, [first, TESTS, CLASSPATH]))
    jvm = JVM if "real" in more else [*JVM, QUICK_TO_START]
    ran = subprocess.run([JAVA, *jvm, "-cp", classpath, proof, folder, str(a.seed), *map(str, (cases, enough)), *more], capture_output=True, text=True)
    shutil.rmtree(folder, ignore_errors=True)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def broken(changes, key):
    """What the same cases find, in all and by kind where anything was found."""
    proof = (COMMANDS, a.broken_command_cases, a.enough, "echo") if key == "without_in_commands" else (PROOF, a.broken_cases, a.enough)
    result = found(*proof, first=without(changes))
    kinds = {kind: counts for kind, counts in result["kinds"].items() if counts["leaks"] + counts["missing"] + counts["failed"]}
    return result["all"] | {"first": result["first"], "kinds": kinds, "examples": dict(list(result["examples"].items())[:2])}


ALL = 1 << 40
WHOLE = {"whole": (PROOF, a.cases, ALL), "commands": (COMMANDS, a.command_cases, ALL, "echo"), "real": (COMMANDS, a.real_cases, ALL, "real")}
TAKEN_OUT = {"without": CHECKS, "without_several": TOGETHER, "without_in_commands": COMMAND_CHECKS}
sitting = common.Sitting()
try:
    begun = time.time()
    tests = [source("retrieve/" + name, "test") for name in SOURCES] + [source("cli/" + name, "test") for name in COMMAND_SOURCES]
    TESTS = compiled(tests, work / "proof", CLASSPATH)
    only = [name for name in a.only.split(",") if name]
    result = json.loads(a.out.read_text()) if (only or a.go_on) and a.out.exists() else {}
    todo = []
    for key, proof in WHOLE.items():
        if proof[1] > 0 and (key in only or not only) and key not in result:
            todo.append((None, key, lambda proof=proof: found(*proof)))
    for key, checks in TAKEN_OUT.items():
        for check, changes in checks.items():
            if check in only or (not only and check not in result.get(key, {})):
                todo.append((key, check, lambda key=key, changes=changes: broken(changes, key)))
    with concurrent.futures.ThreadPoolExecutor(a.at_once) as pool:
        running = {pool.submit(does): (key, name) for key, name, does in todo}
        for done in concurrent.futures.as_completed(running):
            key, name = running[done]
            counts = done.result()
            (result.setdefault(key, {}) if key else result)[name] = counts
            common.write(a.out, result)
            told = counts if key else counts["all"]
            print("without " * bool(key) + name, json.dumps({k: v for k, v in told.items() if k not in ("kinds", "examples")}), flush=True)
finally:
    shutil.rmtree(work, ignore_errors=True)


def tells(counts):
    return counts["leaks"] + counts["missing"] + counts["failed"] > 0


unnoticed = [check for key in TAKEN_OUT for check, counts in result.get(key, {}).items() if not tells(counts)]
leaking = [key for key in WHOLE if key in result and tells(result[key]["all"])]
if todo:
    result.setdefault("commits", {})[sitting.commit] = [name for _, name, _ in todo]
result |= {"unnoticed": unnoticed, "seed": a.seed, "seconds": result.get("seconds", 0) + round(time.time() - begun)} | sitting.about()
common.write(a.out, result)
print("leaking:", leaking, "unnoticed:", unnoticed)
sys.exit(1 if leaking or unnoticed else 0)

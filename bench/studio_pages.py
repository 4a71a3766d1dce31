"""How long the studio's pages take over a large comparison, and what a page that is followed costs while nothing happens.

usage: studio_pages.py OUT_JSON --classpath CLASSPATH [--java JAVA] [--candidates 40] [--rows 20000] [--requests 400] [--idle 30]

Makes a project of two tasks, one of ten labels and one of free text, with stored answers of so many candidates to so many examples, starts `sartor studio` over it, and asks as a browser does, one request after the other, each with
another filter or page. `first` is the first page of a task's examples, which reads all answers; the others are in ms from the request to the last byte of the page, compressed. `idle_core_percent` is the process's time on a core while one
page listens for changes. CLASSPATH holds Sartor's jars: `product/cli/target/lib/*`.
"""
import argparse, http.client, json, os, random, statistics, subprocess, sys, tempfile, time, urllib.parse
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--classpath", required=True), a.add_argument("--java", default=os.path.join(os.environ.get("JAVA_HOME", ""), "bin/java"))
a.add_argument("--candidates", type=int, default=40), a.add_argument("--rows", type=int, default=20000), a.add_argument("--requests", type=int, default=400), a.add_argument("--idle", type=int, default=30)
a = a.parse_args()
sitting = common.Sitting(common.SARTOR)
chance = random.Random(7)
LABELS = ["label%d" % i for i in range(10)]
WORDS = "the charger takes a fuse and my brake squeals when it rains in the morning before work please send another invoice for March".split()
OPTIONS = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xlog:disable", "-Xlog:all=error:stderr"]
YAML = """name: large
approaches: [zero-shot]
tasks:
  - {name: route, instruction: Sort., labels: [%s], test: test.jsonl}
  - {name: answer, instruction: Answer., test: free.jsonl}
""" % ", ".join(LABELS)


def words(count):
    return " ".join(chance.choice(WORDS) for _ in range(count))


def run(folder, task, candidate, rows):
    identity = f"{task}-{candidate}-{candidate[1:]:0>8}"
    at = folder / "runs" / identity
    at.mkdir(parents=True)
    with open(at / "answers.jsonl", "w") as out:
        for row in rows:
            right = chance.random() < 0.7
            said = row["reference"] if right else chance.choice(LABELS) if task == "route" else words(18)
            out.write(json.dumps({"id": row["id"], "question": row["question"], "references": [row["reference"]], "answer": said, "free_text": None, "confidence": None, "score": 1.0 if said == row["reference"] else 0.0,
                                  "passages": [], "prompt_tokens": 90, "cached_tokens": 0, "completion_tokens": 4, "seconds": 0.1, "group": None}) + "\n")
    (at / "run.json").write_text(json.dumps({
        "id": identity, "key": identity[-8:], "recipe": {"task": task, "candidate": candidate, "approach": "zero-shot", "model": "m", "seed": 1, "choices": [], "settings": {}}, "remote": None, "adapter": None, "digests": {},
        "setup": {"chosen": 0, "validation": {}, "seconds": 1, "training_seconds": 0, "adapter_share": 0, "curve": [], "shown": None, "calibration": None, "cascade": None, "scope": None, "abstention": None},
        "peak_mib": None, "machine": None, "version": "bench", "finished": "2026-03-01T12:00:00Z", "readers": [], "answers_readers": []}))


def project(folder):
    folder.mkdir()
    (folder / "sartor.yaml").write_text(YAML)
    (folder / "test.jsonl").write_text('{"text": "t", "label": "label0"}\n')
    (folder / "free.jsonl").write_text('{"prompt": "t", "completion": "x"}\n')
    for task in ("route", "answer"):
        rows = [{"id": f"test-{i}", "question": words(25), "reference": chance.choice(LABELS) if task == "route" else words(8)} for i in range(a.rows)]
        for i in range(a.candidates):
            run(folder, task, f"c{i}", rows)


class Visit:
    def __init__(self, address):
        self.at = urllib.parse.urlsplit(address)
        self.client = http.client.HTTPConnection(self.at.hostname, self.at.port)
        reply = self.ask("/?" + self.at.query, {})[0]
        self.cookie = {"Cookie": reply.getheader("Set-Cookie").split(";")[0], "Accept-Encoding": "gzip"}

    def ask(self, path, headers):
        self.client.request("GET", path, headers=headers)
        reply = self.client.getresponse()
        return reply, reply.read()

    def page(self, path, **fields):
        query = urllib.parse.urlencode({"project": "large", **fields})
        start = time.perf_counter()
        reply, body = self.ask(f"{path}?{query}", self.cookie)
        if reply.status != 200:
            sys.exit(f"{path}?{query} has {reply.status}: {body[:300]}")
        return (time.perf_counter() - start) * 1e3, len(body)


def one(task):
    """A view that nobody has asked for yet, mostly."""
    fields = {"task": task, "page": chance.randint(1, 60)}
    kind = chance.randrange(5)
    if kind == 1:
        fields["q"] = chance.choice(WORDS) + " " + chance.choice(WORDS)
    if kind == 2 and task == "route":
        fields.update(label=chance.choice(LABELS), by=f"c{chance.randrange(a.candidates)}", said=chance.choice(LABELS))
    if kind == 3:
        first, second = chance.sample(range(a.candidates), 2)
        fields.update(first=f"c{first}", second=f"c{second}", outcome=chance.choice(["differ", "first", "second"]))
    if kind == 4:
        fields["sort"] = chance.choice(["hardest", "file"])
    return fields


def figures(taken):
    taken = sorted(taken)
    return {"requests": len(taken), "median_ms": round(statistics.median(taken), 1), "p95_ms": round(taken[int(0.95 * (len(taken) - 1))], 1), "worst_ms": round(taken[-1], 1)}


def cpu_seconds(process):
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mib(process):
    return next(int(line.split()[1]) // 1024 for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmRSS"))


with tempfile.TemporaryDirectory() as top:
    project(Path(top) / "large")
    studio = subprocess.Popen([a.java, *OPTIONS, "-cp", a.classpath, "dev.sartor.cli.Main", "studio", top, "--port", "0", "--json"], stdout=subprocess.PIPE, text=True)
    try:
        visit = Visit(json.loads(studio.stdout.readline())["address"])
        first = {task: round(visit.page("/examples", task=task)[0] / 1e3, 2) for task in ("route", "answer")}
        for _ in range(60):  # what a JVM that has just started takes is another matter
            visit.page("/examples", **one("route")), visit.page("/examples", **one("answer"))
        pages = {}
        for task in ("route", "answer"):
            pages["examples of " + task] = figures([visit.page("/examples", **one(task))[0] for _ in range(a.requests)])
            pages["an example of " + task] = figures([visit.page("/example", task=task, id=f"test-{chance.randrange(a.rows)}")[0] for _ in range(a.requests // 4)])
        pages["task"] = figures([visit.page("/task", task="route")[0] for _ in range(a.requests // 4)])
        pages["project"] = figures([visit.page("/project")[0] for _ in range(a.requests // 4)])
        bytes_ = visit.page("/examples", task="answer")[1]
        resident = resident_mib(studio.pid)
        visit.client.request("GET", "/events?project=large", headers=visit.cookie)
        visit.client.getresponse().fp.readline()
        time.sleep(5)
        before, start = cpu_seconds(studio.pid), time.monotonic()
        time.sleep(a.idle)
        idle = 100 * (cpu_seconds(studio.pid) - before) / (time.monotonic() - start)
    finally:
        studio.terminate()
        studio.wait(20)
result = sitting.about() | {"candidates": a.candidates, "rows": a.rows, "first_examples_page_seconds": first, "pages": pages, "examples_page_bytes": bytes_, "resident_mib": resident, "idle_core_percent": round(idle, 2)}
common.write(a.out, result)
print(json.dumps(result, indent=1))

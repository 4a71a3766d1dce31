"""Tables of Spark beside one process: equal, with tasks that fail and an executor that is killed, what Spark costs, and how it grows.

usage: spark.py OUT_JSON [--only PART,…] [--rows 100000] [--embedder FOLDER] [--java JAVA] [--classpath CLASSPATH] [--jars JARS]

Parts, each with its figures in OUT_JSON (a part that is run again replaces its older figures):
  equal     vectors (fp32), answers, scores, near duplicates and leaks by local[2], and by a standalone master with two workers of one core each in processes of
            their own, beside the same in one process
  faults    40 tasks of which 4 fail on purpose in their middle, and an executor killed (kill -9) while they run: rows lost and doubled, and how far vectors are off
  overhead  embedding ROWS rows of --words words by local[2] beside one process with two threads, each with the model open before the clock starts; rounds alternate
  cheap     a score for 10,000, 100,000 and 1,000,000 rows: the time of a row
The tiny models of the tests answer for all parts but `overhead`, which takes --embedder. Needs `mvn test-compile` of connectors/spark, from which the class paths
come unless they are given.
"""
import argparse, json, os, shutil, signal, statistics, subprocess, sys, tempfile, threading, time
from pathlib import Path

import common

ROOT = common.ROOT
TINY = ROOT / "engine/generate/src/test/resources/embedders/mean-normalised"
LLAMA = ROOT / "engine/model/src/test/resources/reference/llama"
TEMPLATE = "{% for m in messages %}{{ m.content }}{{ '[SEP]' if m.role == 'assistant' else ' ; ' }}{% endfor %}"
CLOSE = 1e-5

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--only", default="equal,faults,cheap,overhead")
a.add_argument("--rows", type=int, default=100_000), a.add_argument("--words", type=int, default=8), a.add_argument("--rounds", type=int, default=3)
a.add_argument("--embedder", default=str(TINY)), a.add_argument("--java", default=os.path.join(os.environ.get("JAVA_HOME", ""), "bin/java"))
a.add_argument("--classpath", required=True, help="Sartor's jars or classes, the connector and its tests among them")
a.add_argument("--jars", required=True, help="a file with Spark's jars, separated by colons: connectors/spark/target/spark.libraries")
a = a.parse_args()
work = Path(tempfile.mkdtemp())
OPTIONS = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "--add-modules=jdk.incubator.vector", "-Xlog:disable",
           "-Xlog:all=error:stderr", "-Xmx3g", "-Djava.util.logging.config.file=" + str(work / "logging.properties")]
(work / "logging.properties").write_text(".level = WARNING\nhandlers = java.util.logging.ConsoleHandler\n")


def model():
    """The tiny Llama with the tiny embedder's words."""
    folder = work / "llama"
    folder.mkdir()
    for file in ("config.json", "model.safetensors"):
        shutil.copy(LLAMA / file, folder)
    shutil.copy(TINY / "tokenizer.json", folder)
    words = json.loads((TINY / "tokenizer_config.json").read_text())
    (folder / "tokenizer_config.json").write_text(json.dumps(words | {"eos_token": "[SEP]", "chat_template": TEMPLATE}))
    return str(folder)


MODEL = model()
SPARK = Path(a.jars).read_text().strip()


def spark_home():
    """What a distribution of Spark has, as workers look for it: a folder of jars."""
    jars = work / "spark/jars"
    if not jars.exists():
        jars.mkdir(parents=True)
        for jar in SPARK.split(":"):
            (jars / Path(jar).name).symlink_to(jar)
    return jars.parent


def begun(what, rows, master="", partitions=8, conf=(), words=None, embedder=str(TINY)):
    plan = {"what": what, "master": master, "conf": dict(conf), "rows": rows, "partitions": partitions, "words": words or a.words, "embedder": embedder,
            "model": MODEL, "out": str(work)}
    return subprocess.Popen([a.java, *OPTIONS, "-cp", f"{a.classpath}:{SPARK}", "dev.sartor.spark.SparkProof", json.dumps(plan)],
                            stdout=subprocess.PIPE, stderr=open(work / "log", "a"), text=True, env=common.environment(SPARK_LOCAL_IP="127.0.0.1", OMP_WAIT_POLICY="PASSIVE"))


def ended(process, seconds=1500):
    said = process.communicate(timeout=seconds)[0]
    lines = [line for line in said.splitlines() if line.startswith("{")]
    if process.returncode or not lines:
        sys.exit(f"ended with {process.returncode}:\n{(work / 'log').read_text()[-3000:]}")
    return json.loads(lines[-1])


def run(*plan, **more):
    return ended(begun(*plan, **more))


class Cluster:
    """A standalone master and two workers of one core each, all in processes of their own."""

    def __enter__(self):
        self.port = common.free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self.environment = common.environment(SPARK_HOME=str(spark_home()), SPARK_SCALA_VERSION="2.13", SPARK_LOCAL_IP="127.0.0.1", OMP_NUM_THREADS="1")
        self.processes = [self.start("master.Master", "--host", "127.0.0.1", "--port", self.port, "--webui-port", common.free_port())]
        time.sleep(6)
        for i in range(2):
            self.processes.append(self.start("worker.Worker", "--host", "127.0.0.1", "--webui-port", common.free_port(), "--cores", "1", "--memory", "1500m",
                                             "--work-dir", work / f"worker{i}", self.url))
        time.sleep(6)
        self.conf = {"spark.executor.memory": "1g", "spark.executor.cores": "1", "spark.executor.extraClassPath": a.classpath, "spark.cores.max": "2"}
        return self

    def start(self, name, *options):
        command = [a.java, *OPTIONS, "-cp", SPARK, "org.apache.spark.deploy." + name, *map(str, options)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=open(work / "cluster", "a"), env=self.environment)

    def executors(self):
        """Their process ids: children of the workers."""
        found = []
        for worker in self.processes[1:]:
            listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(worker.pid)], capture_output=True, text=True).stdout
            found += [int(line.split()[0]) for line in listed.splitlines() if "CoarseGrainedExecutorBackend" in line]
        return found

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait(30)


def equal():
    found = {"local[2]": run("together", 400, master="local[2]", words=12)}
    with Cluster() as cluster:
        found["standalone, 2 workers"] = run("together", 400, master=cluster.url, conf=cluster.conf, words=12)
    met = all(each["embedding_apart"] <= CLOSE and not each["answers_or_scores_other"] and not each["duplicates_other"] and not each["leaks_other"]
              and each["duplicates"] and each["leaks"] for each in found.values())
    return found | {"met": met}


def faults():
    with Cluster() as cluster:
        process = begun("faulty", 40_000, master=cluster.url, conf=cluster.conf, partitions=40, words=40)
        killed = []

        def kill():
            while process.poll() is None and not (work / "begun").exists():
                time.sleep(.1)
            until = time.monotonic() + 120  # some tasks' results are there, and some are not
            temporary = work / "faulty/_temporary"
            while process.poll() is None and time.monotonic() < until:
                if len(list(temporary.glob("0/task_*"))) >= 8:
                    found = cluster.executors()
                    if found:
                        os.kill(found[0], signal.SIGKILL)
                        killed.append(len(list(temporary.glob("0/task_*"))))
                    return
                time.sleep(.02)

        killer = threading.Thread(target=kill)
        killer.start()
        said = ended(process)
        killer.join()
    said |= {"failed_on_purpose": 4, "executors_killed": len(killed), "tasks_done_at_the_kill": killed}
    return said | {"met": len(killed) == 1 and not said["lost"] and not said["doubled"] and said["embedding_apart"] <= CLOSE}


def overhead():
    sides = {"alone": lambda: run("alone-embed", a.rows, embedder=a.embedder, conf={"cores": "2"}),
             "spark": lambda: run("embed", a.rows, master="local[2]", embedder=a.embedder)}
    run("embed", a.rows, master="local[2]", embedder=str(TINY))  # writes the table
    turns = common.alternate(a.rounds, sides, said=lambda name, result: print(name, result["seconds"], file=sys.stderr))
    seconds = {name: [round(each["seconds"], 2) for each in each_turn] for name, each_turn in turns.items()}
    ratio = statistics.median(seconds["spark"]) / statistics.median(seconds["alone"])
    return {"rows": a.rows, "words": a.words, "embedder": Path(a.embedder).name if a.embedder == str(TINY) else "all-minilm-l6-v2", "seconds": seconds,
            "session_seconds": [round(each["session_seconds"], 2) for each in turns["spark"]],
            "open_seconds": [round(each["open_seconds"], 2) for each in turns["spark"]],
            "overhead": round(ratio - 1, 3), "met": ratio <= 1.15}


def cheap():
    said = run("cheap", 1, master="local[2]")
    micros = {rows: round(1e6 * said[rows] / int(rows), 2) for rows in ("10000", "100000", "1000000")}
    fixed = (said["100000"] * 10 - said["1000000"]) / 9
    more = 1e6 * (said["1000000"] - said["100000"]) / 900_000
    return {"seconds": {rows: round(said[rows], 3) for rows in micros}, "microseconds_a_row": micros, "fixed_seconds": round(fixed, 3),
            "microseconds_of_a_further_row": round(more, 2), "met": micros["1000000"] <= micros["100000"] <= micros["10000"]}


sitting = common.Look()
results = json.loads(a.out.read_text()) if a.out.exists() else {}
for part in a.only.split(","):
    results[part] = {"commit": common.commit(), "date": time.strftime("%Y-%m-%d")} | {"equal": equal, "faults": faults, "overhead": overhead, "cheap": cheap}[part]()
    after = common.Look()
    results[part]["machine"] = {"processor": common.processor(), "cores": os.cpu_count(), "share_used_by_others_before_and_after": [sitting.others, after.others]}
    print(part, json.dumps(results[part]), file=sys.stderr)
    common.write(a.out, results)
shutil.rmtree(work, ignore_errors=True)
sys.exit(0 if all(results[part]["met"] for part in a.only.split(",")) else 1)

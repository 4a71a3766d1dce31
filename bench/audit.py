"""The audit log of a real server that is killed, and whose disk is full: what was answered stands in it, and it is whole.

usage: audit.py OUT_JSON [--only kills,disks] [--kills 30] [--disks 10] [--model smollm2-135m-instruct] [--seed 1]

Parts, each with its figures in OUT_JSON (a part that is run again replaces its older figures):
  kills   a server that eight clients ask without a pause is killed (kill -9) at a moment drawn by chance, and started again on the same log; in the end each answer that a client
          received whole has its entry, and `sartor audit verify` finds the chain and the heads whole
  disks   the log lies on a disk of 64 MiB that another file fills while clients ask (a tmpfs: Linux, as root): how many were answered, how many refused with `audit_unavailable`, whether the
          server answers again when there is room, and whether each answer has its entry
About three minutes for 30 kills, one for 10 disks.
"""
import argparse, http.client, json, os, random, signal, subprocess, sys, tempfile, threading, time
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--only", default="kills,disks"), a.add_argument("--kills", type=int, default=30)
a.add_argument("--disks", type=int, default=10), a.add_argument("--model", default="smollm2-135m-instruct"), a.add_argument("--seed", type=int, default=1)
a.add_argument("--sartor", default=common.SARTOR)
a = a.parse_args()
sitting, chance, work = common.Sitting(a.sartor), random.Random(a.seed), Path(tempfile.mkdtemp(prefix="sartor-audit-"))
CLIENTS = 8
KEY = "the-key-of-the-servers-own-keeper"
CHAT = json.dumps({"model": a.model, "max_tokens": 1, "messages": [{"role": "user", "content": "Say yes."}]})


class Server:
    def __init__(self, log, heads):
        self.port = common.free_port()
        command = [*common.launcher(a.sartor), "serve", "--model", a.model, "--weights", "int8", "--port", str(self.port), "--audit", str(log), "--audit-anchor", str(heads)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(work / "server.log").open("a"), env=common.environment(SARTOR_API_KEY=KEY))
        deadline = time.monotonic() + 120
        while not self.lives():
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit("the server did not get ready:\n" + (work / "server.log").read_text()[-2000:])
            time.sleep(0.02)

    def lives(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


def ask(connection, chats):
    """The status, the request's id, and the code of a failure."""
    headers = {"Authorization": "Bearer " + KEY, "Content-Type": "application/json"}
    if chats:
        connection.request("POST", "/v1/chat/completions", CHAT, headers)
    else:
        connection.request("GET", "/v1/models", headers=headers)
    reply = connection.getresponse()
    body = json.loads(reply.read())  # to its end: what was received whole
    return reply.status, reply.getheader("x-request-id"), (body.get("error") or {}).get("code")


def client(port, until, answered, refused):
    connection, number = http.client.HTTPConnection("127.0.0.1", port, timeout=30), 0
    while not until.is_set():
        number += 1
        try:
            status, request, code = ask(connection, number % 200 == 0)
            (answered if status == 200 else refused).append((request, code))
        except (OSError, http.client.HTTPException, ValueError):
            connection.close()
            if until.wait(0.005):
                return


def asking(port, until):
    answered, refused = [], []
    threads = [threading.Thread(target=client, args=(port, until, answered, refused)) for _ in range(CLIENTS)]
    [thread.start() for thread in threads]
    return answered, refused, threads


def kept(log):
    return {json.loads(line)["request"] for file in sorted(log.glob("audit-*.jsonl")) for line in file.read_text().splitlines()}


def verified(log, heads):
    done = common.sartor(a.sartor, "audit", "verify", log, "--anchor", heads, "--json", accepts=(0, 1))
    return common.found_json(done.stdout)


def kills():
    log, heads, answered, refused = work / "kills", work / "kills.heads", [], []
    for number in range(a.kills):
        server, until = Server(log, heads), threading.Event()
        said, not_said, threads = asking(server.port, until)
        time.sleep(chance.uniform(0.2, 2.0))
        server.kill()
        until.set()
        [thread.join() for thread in threads]
        answered += said
        refused += not_said
        print(f"kill {number + 1}: {len(said)} answered", file=sys.stderr, flush=True)
    Server(log, heads).stop()
    there, report = kept(log), verified(log, heads)
    return {"kills": a.kills, "answered": len(answered), "refused": len(refused), "answered_without_an_entry": sum(request not in there for request, _ in answered),
            "entries": report["entries"], "whole": report["whole"], "findings": report["findings"]}


def fill(file, size):
    """Until no more of this size fits."""
    try:
        with file.open("ab", buffering=0) as opened:
            while opened.write(b"x" * size) == size:
                pass
    except OSError:
        pass


def disks():
    disk, heads, answered, refused, again = work / "disk", work / "disk.heads", [], [], 0
    disk.mkdir()
    common.run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk)
    try:
        log, filler = disk / "log", disk / "filler"
        server = Server(log, heads)
        for number in range(a.disks):
            until = threading.Event()
            said, not_said, threads = asking(server.port, until)
            time.sleep(chance.uniform(0.2, 0.6))
            for size in (1 << 20, 1 << 12, 1):
                fill(filler, size)
            time.sleep(0.5)
            filler.unlink(missing_ok=True)
            was = len(said)
            time.sleep(0.4)
            again += len(said) > was
            until.set()
            [thread.join() for thread in threads]
            answered += said
            refused += not_said
            print(f"disk {number + 1}: {len(said)} answered, {len(not_said)} refused", file=sys.stderr, flush=True)
        server.stop()
        there, report = kept(log), verified(log, heads)
    finally:
        common.run("umount", "-l", disk, stop=False)
    codes = sorted({code for _, code in refused})
    return {"disks": a.disks, "answered": len(answered), "refused": len(refused), "codes": codes, "answered_again": again,
            "answered_without_an_entry": sum(request not in there for request, _ in answered), "entries": report["entries"], "whole": report["whole"], "findings": report["findings"]}


result = json.loads(a.out.read_text()) if a.out.exists() else {}
for part in a.only.split(","):
    result[part] = sitting.about() | {"kills": kills, "disks": disks}[part]()
    common.write(a.out, result)
    print(part, json.dumps(result[part]), flush=True)

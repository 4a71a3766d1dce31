"""Limits of a real server, with a scripted model behind them: a budget that ten thousand requests want at once, and a tenant that floods two others.

usage: quotas.py OUT_JSON --classpath CLASSPATH [--java JAVA] [--only budget,tenants] [--requests 10000] [--seconds 30] [--sartor PROGRAM]

Parts, each with its figures in OUT_JSON (a part that is run again replaces its older figures):
  budget   a key's budget covers some half of the requests, which come at once, each over a connection of its own. `overspent` is money beyond the budget; `refused_falsely` counts refusals though
           the most that one request can cost was left at the end (what is left only shrinks, so that it was left when it was refused, too)
  tenants  three tenants ask a server that makes 8 answers at once, 50 ms each: one over 200 connections, two over 8 each, without a pause. A tenant's share is a third of all tokens that were answered
The model answers `yes` after a pause: 10 tokens of a prompt and 1 of an answer. Needs `mvn test-compile` of product/state; CLASSPATH holds Sartor's jars and product/state/target/test-classes.
"""
import argparse, asyncio, json, os, subprocess, sys, tempfile, time
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--classpath", required=True), a.add_argument("--java", default=os.path.join(os.environ.get("JAVA_HOME", ""), "bin/java"))
a.add_argument("--only", default="budget,tenants"), a.add_argument("--requests", type=int, default=10_000), a.add_argument("--seconds", type=int, default=30)
a.add_argument("--sartor", default=common.SARTOR)
a = a.parse_args()
sitting, work = common.Sitting(a.sartor), Path(tempfile.mkdtemp(prefix="sartor-quotas-"))
BODY = json.dumps({"model": "m", "max_tokens": 5, "messages": [{"role": "user", "content": "Does the charger take a fuse of three amperes?"}]}).encode()
OPTIONS = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx2g"]


class Server:
    def __init__(self, pause, running, waiting):
        self.folder, self.port = Path(tempfile.mkdtemp(dir=work)), common.free_port()
        self.state = str(self.folder / "state.db")
        self.pause, self.running, self.waiting = pause, running, waiting

    def key(self, tenant, user):
        said = common.sartor(a.sartor, "keys", "create", "--state", self.state, "--tenant", tenant, "--user", user, "--json")
        made = common.found_json(said.stdout)
        return made["key"], made["id"]

    def __enter__(self):
        command = [a.java, *OPTIONS, "-cp", a.classpath, "dev.sartor.state.ScriptedServer", str(self.port), str(self.pause), self.state, "-", str(self.running), str(self.waiting)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=(self.folder / "log").open("w"), text=True, env=common.environment())
        self.process.stdout.readline()
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(60)


async def ask(reader, writer, key):
    """The status and the body of one answer."""
    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
    writer.write(head.encode() + BODY)
    await writer.drain()
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    length = next(int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length"))
    return int(lines[0].split()[1]), json.loads(await reader.readexactly(length))


async def at_once(port, key, count):
    """All are connected before the first asks."""
    opened = []
    for begin in range(0, count, 500):
        opened += await asyncio.gather(*(asyncio.open_connection("127.0.0.1", port) for _ in range(min(500, count - begin))))
    start = time.monotonic()
    answers = await asyncio.gather(*(ask(reader, writer, key) for reader, writer in opened))
    seconds = time.monotonic() - start
    [writer.close() for _, writer in opened]
    return answers, seconds


def budget():
    server = Server(5, 256, 2 * a.requests)
    key, identity = server.key("acme", "ann")
    common.sartor(a.sartor, "limits", "price", "*", "--state", server.state, "--prompt", "1", "--completion", "2")
    cost, money = 12e-6, round(a.requests * 12e-6 / 2, 9)  # ten tokens at a millionth, one at two
    common.sartor(a.sartor, "limits", "set", "--state", server.state, "--key", identity, "--budget", f"{money:.9f}")
    with server:
        answers, seconds = asyncio.run(at_once(server.port, key, a.requests))
    by_status = {}
    for status, body in answers:
        name = str(status) if status == 200 else f"{status} {body['error']['code']}"
        by_status[name] = by_status.get(name, 0) + 1
    used = json.loads(common.sartor(a.sartor, "limits", "usage", "--state", server.state, "--json").stdout)
    spent = sum(row["cost"] for row in used)
    # The model cannot count its tokens: a byte each, 64 around each message and once more, 5 of an answer.
    most = (len("Does the charger take a fuse of three amperes?") + 2 * 64) * 1e-6 + 5 * 2e-6
    refused = by_status.get("429 insufficient_quota", 0)
    left = money - spent
    return {"requests": a.requests, "budget": money, "spent": round(spent, 9), "overspent": round(max(0, spent - money), 9), "by_status": by_status,
            "answered_and_not_counted": by_status.get("200", 0) - sum(row["requests"] for row in used if row["cost"] > 0), "most_of_one": round(most, 9), "left": round(left, 9),
            "refused_falsely": refused if left >= most else 0, "refused_otherwise": a.requests - by_status.get("200", 0) - refused, "seconds": round(seconds, 2)}


async def stream(port, key, until, counts, number):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.monotonic() < until:
        status, body = await ask(reader, writer, key)
        if status == 200:
            counts["tokens"] += body["usage"]["total_tokens"]
            counts["answered"] += 1
        else:
            counts["refused"] += 1
            await asyncio.sleep(0.05)
    writer.close()


async def together(port, sides):
    until = time.monotonic() + a.seconds
    counts = {name: {"connections": streams, "answered": 0, "refused": 0, "tokens": 0} for name, (_, streams) in sides.items()}
    await asyncio.gather(*(stream(port, key, until, counts[name], i) for name, (key, streams) in sides.items() for i in range(streams)))
    return counts


def tenants():
    server = Server(50, 8, 64)
    keys = {name: server.key(name, "user-of-" + name)[0] for name in ("flood", "acme", "globex")}
    with server:
        asyncio.run(together(server.port, {name: (key, 2) for name, key in keys.items()}) if a.seconds > 5 else asyncio.sleep(0))
        alone = asyncio.run(together(server.port, {name: (keys[name], 8) for name in ("acme", "globex")}))
        flooded = asyncio.run(together(server.port, {name: (key, 200 if name == "flood" else 8) for name, key in keys.items()}))
    whole = sum(each["tokens"] for each in flooded.values())
    return {"seconds": a.seconds, "without_the_flood": alone, "with_the_flood": flooded, "of_its_share": {name: round(3 * flooded[name]["tokens"] / whole, 3) for name in flooded}}


result = json.loads(a.out.read_text()) if a.out.exists() else {}
for part in a.only.split(","):
    result[part] = sitting.about() | {"budget": budget, "tenants": tenants}[part]()
    common.write(a.out, result)
    print(part, json.dumps(result[part]), flush=True)

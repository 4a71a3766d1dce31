"""What telling a collector costs a request, and what a collector that hangs, refuses or is away costs it.

usage: telemetry.py OUT_JSON --classpath CLASSPATH [--java JAVA] [--requests 2000] [--rounds 3]

The server is ScriptedServer of product/telemetry's tests, whose model repeats a word; one client sends one request after the other over one connection. Sides: `off` (no collector), `on` (one that takes all), `hangs`
(takes requests and never answers), `refuses` (500), `away` (nothing listens). Rounds alternate. Latencies are of whole answers, in ms; `stop_seconds` is how long the server takes to end. Needs `mvn test-compile` of
product/telemetry; CLASSPATH holds Sartor's jars and product/telemetry/target/test-classes.
"""
import argparse, http.client, http.server, json, os, statistics, subprocess, sys, threading, time
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--classpath", required=True), a.add_argument("--java", default=os.path.join(os.environ.get("JAVA_HOME", ""), "bin/java"))
a.add_argument("--requests", type=int, default=2000), a.add_argument("--rounds", type=int, default=3)
a = a.parse_args()
sitting = common.Sitting(common.SARTOR)
BODY = json.dumps({"model": "m", "messages": [{"role": "user", "content": "Does the charger take a fuse?"}]})
OPTIONS = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xlog:disable", "-Xlog:all=error:stderr", "-Xmx512m"]


class Collector(http.server.ThreadingHTTPServer):
    """Takes all, says 500, or never answers."""
    daemon_threads = True

    def __init__(self, side):
        self.side, self.bytes, self.over = side, 0, threading.Event()
        super().__init__(("127.0.0.1", 0), Taking)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Taking(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.server.bytes += len(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.side == "hangs":
            self.server.over.wait()
            return
        self.send_response(500 if self.server.side == "refuses" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def latencies(client, count):
    taken = []
    for _ in range(count):
        start = time.perf_counter()
        client.request("POST", "/v1/chat/completions", BODY, {"Content-Type": "application/json"})
        reply = client.getresponse()
        if reply.status != 200 or not reply.read():
            sys.exit("a request was not answered")
        taken.append((time.perf_counter() - start) * 1e3)
    return sorted(taken)


def measured(side):
    collector = Collector(side) if side in ("on", "hangs", "refuses") else None
    address = "-" if side == "off" else f"http://127.0.0.1:{collector.server_port if collector else common.free_port()}"
    process = subprocess.Popen([a.java, *OPTIONS, "-cp", a.classpath, "dev.sartor.telemetry.ScriptedServer", address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=common.environment())
    url = process.stdout.readline().strip()
    client = http.client.HTTPConnection(url.removeprefix("http://"))
    latencies(client, a.requests)  # warm
    taken = latencies(client, a.requests)
    client.close()
    start = time.perf_counter()
    process.stdin.close()
    process.wait(60)
    figures = {"p50": taken[len(taken) // 2], "p95": taken[len(taken) * 95 // 100], "p99": taken[len(taken) * 99 // 100], "stop_seconds": time.perf_counter() - start}
    if collector:
        figures["bytes_a_request"] = collector.bytes / (2 * a.requests)
        collector.over.set()
        collector.shutdown()
    figures = {name: round(value, 3) for name, value in figures.items()}
    print(side, figures, file=sys.stderr, flush=True)
    return figures


rounds = {side: [] for side in ("off", "on", "hangs", "refuses", "away")}
for _ in range(a.rounds):
    for side in rounds:
        rounds[side].append(measured(side))
result = sitting.about() | {"requests": a.requests, **{side: {"rounds": all} | {name: statistics.median(each[name] for each in all) for name in all[0]} for side, all in rounds.items()}}
common.write(a.out, result)
print(json.dumps(result, indent=1))

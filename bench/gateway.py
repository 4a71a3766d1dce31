"""What all that stands before a model costs a request: keys, scopes, admission, audit, JSON and HTTP, beside LiteLLM's proxy on the same core.

usage: gateway.py OUT_JSON --classpath CLASSPATH [--java JAVA] [--litellm PROGRAM] [--vegeta PROGRAM] [--rates 300] [--seconds 30] [--rounds 3] [--pause 0]

Each side answers `yes` by a script, without a model: Sartor by ScriptedServer of product/state's tests (a hundred keys in a file of SQLite, asked before each request; `sartor_audited` keeps
an audit log, too), LiteLLM by its `mock_response` and one master key. The server has core 0 alone, the generator (vegeta, of Debian) core 1: requests come at a fixed rate whether
answers do or not. Latencies are of whole answers, in ms, less --pause. Rounds alternate. Needs `mvn test-compile` of product/state; CLASSPATH holds Sartor's jars and product/state/target/test-classes.
"""
import argparse, json, os, shutil, statistics, subprocess, sys, tempfile, time, urllib.request
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--classpath", required=True), a.add_argument("--java", default=os.path.join(os.environ.get("JAVA_HOME", ""), "bin/java"))
a.add_argument("--litellm"), a.add_argument("--vegeta", default="vegeta"), a.add_argument("--rates", default="300"), a.add_argument("--seconds", type=int, default=30)
a.add_argument("--rounds", type=int, default=3), a.add_argument("--pause", type=int, default=0), a.add_argument("--sides", default="sartor,sartor_audited,litellm")
a = a.parse_args()
sitting, work = common.Sitting(common.SARTOR), Path(tempfile.mkdtemp(prefix="sartor-gateway-"))
BODY = {"model": "m", "messages": [{"role": "user", "content": "Does the charger take a fuse of three amperes?"}]}
OPTIONS = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xlog:disable", "-Xlog:all=error:stderr", "-Xmx512m"]


def waiting(port, key):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/chat/completions", json.dumps(BODY).encode(), {"Content-Type": "application/json", "Authorization": "Bearer " + key})
    deadline = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:
                return json.load(reply)["choices"][0]["message"]["content"]
        except OSError:
            if time.monotonic() > deadline:
                sys.exit("a side did not get ready: see " + str(work))
            time.sleep(0.1)


def sartor(port, audited):
    folder = Path(tempfile.mkdtemp(dir=work))
    command = ["taskset", "-c", "0", a.java, *OPTIONS, "-cp", a.classpath, "dev.sartor.state.ScriptedServer", str(port), str(a.pause), str(folder / "state.db"), str(folder / "audit") if audited else "-"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=(folder / "log").open("w"), text=True, env=common.environment())
    return process, process.stdout.readline().strip()


def litellm(port):
    folder = Path(tempfile.mkdtemp(dir=work))
    (folder / "config.yaml").write_text("model_list:\n  - model_name: m\n    litellm_params: {model: openai/m, api_key: none, mock_response: 'yes'}\n"
                                        "general_settings: {master_key: sk-gateway}\nlitellm_settings: {set_verbose: false}\n")
    command = ["taskset", "-c", "0", a.litellm, "--config", str(folder / "config.yaml"), "--host", "127.0.0.1", "--port", str(port), "--num_workers", "1"]
    log = (folder / "log").open("w")
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=common.environment(LITELLM_LOG="ERROR", LITELLM_TELEMETRY="False")), "sk-gateway"


def attack(port, key, rate, seconds):
    body, targets = work / "body.json", work / "targets"
    body.write_text(json.dumps(BODY))
    targets.write_text(f"POST http://127.0.0.1:{port}/v1/chat/completions\nAuthorization: Bearer {key}\nContent-Type: application/json\n@{body}\n")
    done = subprocess.run(f"taskset -c 1 {a.vegeta} attack -targets={targets} -rate={rate} -duration={seconds}s -timeout=30s | {a.vegeta} report -type=json", shell=True, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    ms = lambda name: round(said["latencies"][name] / 1e6 - a.pause, 2)
    return {"p50": ms("50th"), "p95": ms("95th"), "p99": ms("99th"), "most": ms("max"), "answered": said["status_codes"].get("200", 0), "asked": said["requests"], "per_second": round(said["throughput"], 1)}


def measured(side, rate):
    port = common.free_port()
    process, key = litellm(port) if side == "litellm" else sartor(port, side == "sartor_audited")
    try:
        waiting(port, key)
        attack(port, key, rate, 10)  # warm
        attack(port, key, rate, 10)
        figures = attack(port, key, rate, a.seconds)
        print(side, rate, figures, file=sys.stderr, flush=True)
        return figures
    finally:
        process.terminate()
        process.wait(30)


result = json.loads(a.out.read_text()) if a.out.exists() else {}
for rate in map(int, a.rates.split(",")):
    rounds = {side: [] for side in a.sides.split(",") if side != "litellm" or a.litellm}
    for _ in range(a.rounds):
        for side in rounds:
            rounds[side].append(measured(side, rate))
    result[f"at_{rate}_a_second"] = sitting.about() | {"pause_ms": a.pause, "seconds": a.seconds, **{side: {"rounds": all} | {name: statistics.median(each[name] for each in all) for name in ("p50", "p95", "p99", "per_second")} for side, all in rounds.items()}}
    common.write(a.out, result)
shutil.rmtree(work, ignore_errors=True)
print(json.dumps(result, indent=1))

"""Measures how long `sartor serve --model MODEL` takes from its process's start until it has answered a first chat request of one
token, and what memory the process then holds, and held at most, beside that of the resident weights. The files are read once before, so
that they are in the system's cache; so are the archive of classes and the rounded weights that a first start leaves behind. How long that
first start took, with the weights not kept yet (those kept are removed for it), is printed beside. Prints JSON.

    python3 bench/ready.py [--model smollm2-135m-instruct] [--weights bf16,int8,int4] [--runs 5] > bench/results/ready.json
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import common

CACHE = pathlib.Path(os.environ.get("SARTOR_CACHE") or pathlib.Path.home() / ".cache" / "sartor")
SARTOR = common.SARTOR


def answered(port, model):
    body = {"model": model, "max_tokens": 1, "messages": [{"role": "user", "content": "Say yes."}]}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)["usage"]["completion_tokens"] == 1


def memory(pid, field):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    raise SystemExit("the system does not say " + field)


def once(model, weights, program=SARTOR):
    port = common.free_port()
    command = [program, "serve", "--model", model, "--weights", weights, "--port", str(port)]
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=common.environment())
    try:
        while True:
            if process.poll() is not None or time.monotonic() - start > 120:
                raise SystemExit("it did not get ready: run " + " ".join(command))
            try:
                assert answered(port, model)
                break
            except (ConnectionError, urllib.error.URLError):
                time.sleep(0.005)
        return {
            "seconds": time.monotonic() - start,
            "resident_mib": memory(process.pid, "VmRSS"),
            "peak_mib": memory(process.pid, "VmHWM"),
        }
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def weights_mib(model, weights):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as text:
        text.write("One short sentence is enough to load the weights.")
        text.flush()
        return common.sartor_json(SARTOR, "bench", "weights", "--model", model, "--weights", weights, "--text", text.name, "--json")["weights_mib"]


def measured(model, weights, runs):
    held = weights_mib(model, weights)
    shutil.rmtree(CACHE / "weights", ignore_errors=True)
    first = once(model, weights)
    once(model, weights)
    results = [once(model, weights) for _ in range(runs)]
    peak = max(each["peak_mib"] for each in results)
    return {
        "seconds": round(statistics.median(each["seconds"] for each in results), 2),
        "all_seconds": [round(each["seconds"], 2) for each in results],
        "first_seconds": round(first["seconds"], 2),
        "first_peak_mib": round(first["peak_mib"]),
        "weights_mib": held,
        "resident_mib": round(max(each["resident_mib"] for each in results)),
        "peak_mib": round(peak),
        "allowed_mib": round(1.5 * held + 450),
        "fits": peak <= 1.5 * held + 450,
    }


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", default="smollm2-135m-instruct")
    options.add_argument("--weights", default="bf16,int8,int4")
    options.add_argument("--runs", type=int, default=5)
    asked = options.parse_args()
    sitting = common.Sitting()
    figures = {each: measured(asked.model, each, asked.runs) for each in asked.weights.split(",")}
    print(json.dumps(sitting.about() | {"model": asked.model, "weights": figures}, indent=2))


if __name__ == "__main__":
    main()

"""Promotes a version of a prompt while a real `sartor serve` streams twenty answers, and says whether a stream broke or changed its prompt.

    python3 bench/promote.py [--streams 20] [--model smollm2-135m-instruct] [--out bench/results/promote.json] [--keep]

Makes a project of free text with two versions of its prompt in a temporary folder, promotes the first, compares, and serves it on a free port of
the loopback. While the streams run, `sartor prompts promote` promotes the second. Then the very next request must be answered with the second,
`TASK@FIRST` with the first, and each stream must end with `[DONE]` and with the version that it began with. Afterwards each question is asked
again, alone, of `TASK@FIRST`: how many streams said the same text, to the letter, is recorded (rows of a batch may round otherwise than one alone).

Prints and writes a JSON. Exit code 1 where anything of that does not hold. It needs the model; it measures no time.
"""

import argparse
import http.client
import json
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.append(sys.path.pop(0))  # else bench/tokenize.py would stand before the library's own

import common

TASK = "tell"
PROJECT = """\
name: desk
model: {model}
approaches: [zero-shot]
tasks:
  - name: tell
    instruction: Tell a story.
    max_answer_tokens: {tokens}
    margin: 0.5
    test: test.jsonl
"""
FOLLOWING = "    prompt: promoted\n"
OLD = "Tell a long story about what the user names. Write whole sentences."
NEW = "Write a list of words that have to do with what the user names. Write no sentences."
THINGS = ["a bicycle", "a lighthouse", "a kettle", "a violin", "an old map", "a garden", "a train", "a letter", "a clock", "a river"]
TOKENS = 64


def sartor(*args):
    return common.sartor(common.SARTOR, *args)


def project(folder, model):
    """Two versions, of which the first is promoted and measured; their ids."""
    file = folder / "sartor.yaml"
    file.write_text(PROJECT.format(model=model, tokens=TOKENS))
    (folder / "test.jsonl").write_text("".join(json.dumps({"prompt": each, "completion": each}) + "\n" for each in THINGS[:2]))
    ids = [sartor("prompts", "new", TASK, "--instruction", text, "--project", folder).stdout.strip() for text in (OLD, NEW)]
    sartor("prompts", "promote", TASK, ids[0], "--project", folder)
    file.write_text(file.read_text() + FOLLOWING)
    common.sartor(common.SARTOR, "compare", "--project", folder, accepts=(0, 1))
    return ids


class Server:
    def __init__(self, folder):
        self.port = common.free_port()
        self.log = open(folder / "serve.log", "w+")
        self.process = subprocess.Popen(
            [*common.launcher(common.SARTOR), "serve", "--project", str(folder), "--port", str(self.port)],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=common.environment())

    def wait(self, seconds=300):
        until = time.monotonic() + seconds
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    return self
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > until:
                self.log.seek(0)
                sys.exit("the server did not get ready: " + self.log.read())
            time.sleep(0.1)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        self.log.seek(0)
        return self.log.read()


def asked(port, model, thing, stream):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    body = {"model": model, "stream": stream, "messages": [{"role": "user", "content": thing}]}
    connection.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
    return connection.getresponse()


def whole(port, model, thing):
    reply = asked(port, model, thing, False)
    body = json.loads(reply.read())
    if reply.status != 200:
        sys.exit(f"{model} was refused: {body}")
    return {"version": reply.headers.get("x-prompt-version"), "fingerprint": body.get("system_fingerprint"),
            "text": body["choices"][0]["message"]["content"]}


class Stream(threading.Thread):
    """One streamed answer, read as it comes."""

    def __init__(self, port, thing):
        super().__init__(daemon=True)
        self.port, self.thing = port, thing
        self.began, self.is_done, self.fault, self.text = threading.Event(), False, "", ""
        self.version, self.fingerprints = None, set()

    def run(self):
        try:
            reply = asked(self.port, TASK, self.thing, True)
            self.version = reply.headers.get("x-prompt-version")
            if reply.status != 200:
                self.fault = f"status {reply.status}: {reply.read()[:200]}"
                return
            for line in reply:
                line = line.decode().strip()
                if line == "data: [DONE]":
                    self.is_done = True
                elif line.startswith("data: "):
                    self.chunk(json.loads(line[len("data: "):]))
        except Exception as e:  # whatever ends a stream before its end is what is looked for
            self.fault = repr(e)
        finally:
            self.began.set()

    def chunk(self, event):
        if "error" in event:
            self.fault = json.dumps(event["error"])
            return
        self.fingerprints.add(event.get("system_fingerprint"))
        self.text += event["choices"][0]["delta"].get("content") or ""
        self.began.set()


def promoted_while_streaming(folder, port, count, ids):
    streams = [Stream(port, f"{THINGS[i % len(THINGS)]}, number {i}") for i in range(count)]
    for each in streams:
        each.start()
    streams[0].began.wait(120)
    time.sleep(1)  # all are sent, and the first ones are being said
    sartor("prompts", "promote", TASK, ids[1], "--project", folder)
    running = sum(each.is_alive() for each in streams)
    new = whole(port, TASK, "a bicycle")
    running_after = sum(each.is_alive() for each in streams)
    old = whole(port, f"{TASK}@{ids[0]}", "a bicycle")
    for each in streams:
        each.join(300)
    alone = [whole(port, f"{TASK}@{ids[0]}", each.thing)["text"] for each in streams]
    fingerprint = {f"prompt-{ids[0]}"}
    return {
        "streams": count,
        "running_when_promoted": running,
        "running_when_the_next_request_was_answered": running_after,
        "broken": [each.fault or "no [DONE]" for each in streams if each.fault or not each.is_done or each.is_alive()],
        "ended_with_the_version_they_began_with": sum(each.version == ids[0] and each.fingerprints == fingerprint for each in streams),
        "same_text_as_the_old_version_alone": sum(each.text == text for each, text in zip(streams, alone)),
        "next_request": new,
        "old_version_by_name": old,
        "example_stream": streams[0].text,
    }


def holds(result):
    old, new = result["versions"]["old"], result["versions"]["new"]
    return (not result["broken"] and result["running_when_promoted"] > 0
            and result["ended_with_the_version_they_began_with"] == result["streams"]
            and result["next_request"]["version"] == new and result["next_request"]["fingerprint"] == f"prompt-{new}"
            and result["old_version_by_name"]["version"] == old)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--streams", type=int, default=20)
    options.add_argument("--model", default="smollm2-135m-instruct")
    options.add_argument("--out", type=pathlib.Path, help="where the result goes")
    options.add_argument("--keep", action="store_true", help="keep the temporary folder, and say where it is")
    a = options.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sartor-promote-")).resolve()
    try:
        ids = project(folder, a.model)
        server = Server(folder).wait()
        try:
            result = promoted_while_streaming(folder, server.port, a.streams, ids)
        finally:
            log = server.stop()
        result = {"commit": common.commit(), "machine": {"system": platform.platform()}, "model": a.model,
                  "versions": {"old": ids[0], "new": ids[1]}} | result
        result["server_said"] = [line for line in log.splitlines() if "prompt" in line]
        result["holds"] = holds(result)
        print(json.dumps(result, indent=2))
        if a.out:
            common.write(a.out, result)
        return 0 if result["holds"] else 1
    finally:
        if a.keep:
            print("kept: " + str(folder), file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())

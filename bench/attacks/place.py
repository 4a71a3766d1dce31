"""A project, an index, an adapter and keys in a temporary folder, of which not everyone may see everything, and a server of them."""

import json
import os
import pathlib
import signal
import subprocess
import time

import common

from attacks.registry import require
from attacks.watch import Watch, p99, resident_mib
from attacks.wire import at_once, call, question

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SARTOR = os.environ.get("SARTOR", str(ROOT / "sartor"))

# Who holds which key, by the name that the attacks use.
HOLDERS = {
    "hanna": {"user": "hanna", "groups": ["hr"]},
    "bob": {"user": "bob", "groups": ["sales"]},
    "ann": {"user": "ann", "groups": ["sales"], "tenant": "acme"},
    "vera": {"user": "vera", "groups": ["support"]},
}
# For so long the others' chats are timed while nobody attacks.
NORMAL_SECONDS = 30
SECRET = "the kettle allowance is ninety-nine crowns"
RESTRICTED = "hr-style"

PROJECT = """\
name: desk
model: {model}
approaches: [zero-shot, tune]
tasks:
  - name: route
    instruction: Say which team the message is for.
    labels: [billing, repair]
    margin: 0.5
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
    tune: {{rank: 1, epochs: 1}}
"""


def sartor(*args, cwd=None, stdin="", timeout=300, **environment):
    """A command as a user types it, in a process."""
    return subprocess.run(
        [SARTOR, *map(str, args)], cwd=cwd, input=stdin, capture_output=True, text=True, errors="replace", timeout=timeout,
        env={**os.environ, **environment})


def succeeded(done):
    require(done.returncode == 0, f"{' '.join(done.args)} ended with {done.returncode}: {done.stderr[-500:]}")
    return done


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def rows(*pairs, **more):
    return "".join(json.dumps({"text": text, "label": label, **more}) + "\n" for text, label in pairs)


def project(folder, model, **readers):
    """A project of a few rows. Who may read the training rows is named in `readers`."""
    write(folder / "sartor.yaml", PROJECT.format(model=model))
    write(folder / "train.jsonl", rows(("An invoice too many", "billing"), ("The brake squeals", "repair"), **readers))
    write(folder / "validation.jsonl", rows(("Wrong price", "billing"), ("The bell is loose", "repair")))
    write(folder / "test.jsonl", rows(("My chain fell off", "repair"), ("Charged twice", "billing")))
    return folder


class Place:
    def __init__(self, folder, model):
        self.folder, self.model = folder, model
        self.documents = folder / "docs"
        write(self.documents / "returns.md", "# Returns\n\nShoes may be returned for thirty days.\n")
        write(self.documents / "hr/pay.md", f"# Pay\n\nFor everyone in the shop {SECRET}.\n")
        write(self.documents / "acme/deal.md", "# Deal\n\nThe rebate for acme is forty-two percent.\n")
        self.access = write(folder / "access.yaml", "rules:\n"
                            '  - {paths: "*.md", readers: everyone}\n'
                            '  - {paths: hr, readers: ["group:hr"]}\n'
                            '  - {paths: acme, readers: ["tenant:acme"]}\n')
        self.shelf = folder / "shelf"
        succeeded(sartor("index", self.documents, "--out", self.shelf, "--embedder", "none", "--access", self.access))
        self.project = project(folder / "desk", model, readers=["group:hr"])
        succeeded(sartor("tune", "route", "--project", self.project))
        self.adapter = next(self.project.glob("runs/adapters/*/adapter_config.json")).parent
        self.state, self.audit, self.heads = folder / "state.db", folder / "audit", folder / "heads.jsonl"
        self.keys = {name: self.issue(**holder)["key"] for name, holder in HOLDERS.items()}

    def issue(self, user, groups=(), tenant=None, **more):
        """A key that `sartor keys create` makes, with what is stored of it."""
        options = ["--user", user, *(["--groups", ",".join(groups)] if groups else []), *(["--tenant", tenant] if tenant else [])]
        options += [word for name, value in more.items() for word in ("--" + name, value)]
        return json.loads(succeeded(sartor("keys", "create", "--state", self.state, "--json", *options)).stdout)

    def keys_command(self, *words):
        return succeeded(sartor("keys", *words, "--state", self.state)).stdout


class Server:
    """`sartor serve` on a free port of the loopback."""

    def __init__(self, place):
        self.place, self.keys, self.model = place, place.keys, place.model
        self.indexed = place.model + "/shelf"
        self.port = common.free_port()
        self.log = open(place.folder / f"serve-{self.port}.log", "w+")
        self.process = subprocess.Popen(
            [SARTOR, "serve", "--model", place.model, "--port", str(self.port), "--state", str(place.state), "--audit", str(place.audit),
             "--audit-anchor", str(place.heads), "--index", str(place.shelf), "--adapter", f"{RESTRICTED}={place.adapter}"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.idle_mib, self.normal_p99 = 0.0, 0.0

    def wait(self, seconds=300):
        """Until it answers; then its memory at rest is taken, after as many requests at once as it computes together, and what a chat takes there."""
        until = time.monotonic() + seconds
        while call(self.port, "/health", timeout=5).status != 200:
            if self.process.poll() is not None or time.monotonic() > until:
                raise SystemExit("the server did not get ready: " + self.said())
            time.sleep(0.1)
        warm = question(self.model, "What may be returned? " * 60, max_tokens=64)
        for _ in range(2):
            at_once(8, lambda: call(self.port, "/v1/chat/completions", self.keys["vera"], warm))
        time.sleep(2)
        self.idle_mib = resident_mib(self.process.pid)
        with Watch(self) as normal:
            time.sleep(NORMAL_SECONDS)
        self.normal_p99 = p99(normal.chats)
        return self

    def is_alive(self):
        return self.process.poll() is None and call(self.port, "/health", timeout=10).status == 200

    def said(self):
        self.log.seek(0)
        return self.log.read()[-1000:]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(45)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

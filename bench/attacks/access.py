"""Attacks on what is not for everyone: keys, documents, adapters, models' names, what others asked."""

from attacks.place import RESTRICTED, SECRET
from attacks.registry import on_server, require
from attacks.wire import call, chat, question, refused


def models(server, key):
    return [model["id"] for model in call(server.port, "/v1/models", server.keys[key]).json()["data"]]


@on_server("restricted adapter through --adapter", "404, and it is in no list and no metric")
def restricted_adapter(server):
    allowed = chat(server, "hanna", question(RESTRICTED))
    require(allowed.status == 200, f"its reader got {allowed}")
    said = refused(chat(server, "bob", question(RESTRICTED)), 404)
    refused(chat(server, "bob", question(RESTRICTED + "/shelf")), 404)
    require(not any(RESTRICTED in name for name in models(server, "bob")), "the list of models tells of it")
    metrics = call(server.port, "/metrics", server.keys["bob"])
    require(RESTRICTED not in metrics.text(), "the metrics tell of it")
    return said


@on_server("restricted document", "no passage, no word of it")
def restricted_document(server):
    asked = question(server.indexed, "What is the kettle allowance?", max_tokens=48)
    require("pay.md" in chat(server, "hanna", asked).text(), "its reader is not shown it")
    reply = chat(server, "bob", asked)
    require("pay.md" not in reply.text() and SECRET not in reply.text(), f"got {reply}")
    return f"{reply.status}, nothing of it"


@on_server("a key without a tenant", "what is for a tenant is for its keys alone")
def keys_without_tenant(server):
    asked = question(server.indexed, "What is the rebate for acme?", max_tokens=48)
    require("deal.md" in chat(server, "ann", asked).text(), "the tenant's key is not shown its document")
    require("deal.md" not in chat(server, "bob", asked).text(), "a key without a tenant is shown a tenant's document")
    return "not shown"


@on_server("no key, a wrong key, a key in the address", "401")
def no_key(server):
    body = question(server.model)
    for key, path in ((None, ""), ("sk-wrong", ""), ("", ""), (None, "?api_key=" + server.keys["bob"])):
        said = refused(call(server.port, "/v1/chat/completions" + path, key, body), 401)
    return said


@on_server("path traversal in model names", "404 or 400, nothing of a file")
def traversal(server):
    adapter = server.place.adapter
    for name in ("../" + RESTRICTED, f"../{adapter.name}", str(adapter), "/etc/passwd", "..", ".", "", f"{server.model}/../{RESTRICTED}",
                 f"{server.model}/../../docs", "%2e%2e%2fdesk", "..\\docs", "a\0b", f"{server.model}/shelf/../../docs", "x" * 100_000):
        said = refused(chat(server, "bob", question(name)), 400, 404)
    for path in ("../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//etc/passwd", RESTRICTED):
        reply = call(server.port, "/v1/models/" + path, server.keys["bob"])
        refused(reply, 400, 404)
        require("root:" not in reply.text(), "a file was sent")
    return said


@on_server("cached_tokens tells what another asked", "the same count as for a text that nobody asked")
def cached_tokens(server):
    secret = "The board meets on Tuesday about the sale of the northern shop. " * 40
    other = "The choir sings on Friday about the snow of the southern hills. " * 40
    for _ in range(2):
        chat(server, "ann", question(server.model, secret, max_tokens=1))
    counts = []
    for text in (secret, other):
        usage = chat(server, "bob", question(server.model, text, max_tokens=1)).json()["usage"]
        counts.append(usage.get("prompt_tokens_details", {}).get("cached_tokens", 0))
    require(counts[0] <= counts[1], f"{counts[0]} tokens of another's text were cached, {counts[1]} of one that nobody asked")
    return f"{counts[0]} and {counts[1]}"

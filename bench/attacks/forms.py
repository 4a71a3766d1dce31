"""Attacks through what a request says: forms that are dear to keep, numbers and texts that are none, bodies that nest."""

import json

from attacks.registry import on_server, require
from attacks.wire import at_once, bounded, call, chat, question, refused

SURROGATE = "\ud800"


def guided(server, **form):
    return chat(server, "bob", question(server.model, "Answer.", max_tokens=16, **form))


def bodies(server, *bodies, statuses=(400,)):
    """Raw bodies, each of which has to be refused."""
    for body in bodies:
        said = refused(call(server.port, "/v1/chat/completions", server.keys["bob"], body), *statuses)
    return said


def plain(server, extra):
    """A chat request as bytes, with more written into it as it is."""
    content = json.dumps(question(server.model))
    return (content[:-1] + ", " + extra + "}").encode()


@on_server("guided_json with maxLength 2147483647", "an answer or a refusal, soon")
def longest_text(server):
    for schema in ({"type": "string", "maxLength": 2147483647},
                   {"type": "string", "minLength": 2147483646, "maxLength": 2147483647},
                   {"type": "array", "items": {"type": "string", "maxLength": 2147483647}, "maxItems": 2147483647}):
        said = bounded(guided(server, guided_json=schema))
    return said


@on_server('guided_regex "(a?){10000}"', "an answer or a refusal, soon")
def repeated_expression(server):
    for expression in ("(a?){10000}", "((a?){1000}){1000}", "(a|b|ab){5000}c{5000}", "(.*a){500}", "[ab]*a[ab]{40}"):
        said = bounded(guided(server, guided_regex=expression))
    return said


@on_server("enum beside a pattern that never ends", "an answer or a refusal, soon")
def endless_pattern(server):
    schema = {"type": "string", "enum": ["a" * 40 + "!", "b"], "pattern": "^(a+)+$|^b$"}
    return bounded(guided(server, guided_json=schema))


@on_server("oneOf over anyOf references that nest", "an answer or a refusal, soon")
def nested_references(server):
    depth = 40
    defs = {f"d{i}": {"anyOf": [{"$ref": f"#/$defs/d{i + 1}"}, {"$ref": f"#/$defs/d{i + 1}"}]} for i in range(depth)}
    defs[f"d{depth}"] = {"type": "string", "const": "x"}
    schema = {"$defs": defs, "oneOf": [{"$ref": "#/$defs/d0"}, {"$ref": "#/$defs/d1"}]}
    return bounded(guided(server, guided_json=schema))


def choices():
    return [f"c{i:06}" for i in range(250_000)]


def biases():
    return {f"w{i:06}": 1 for i in range(300_000)}


@on_server("250,000 entries of guided_choice", "an answer or a refusal, soon")
def many_choices(server):
    return bounded(guided(server, guided_choice=choices()))


@on_server("250,000 entries of guided_choice, two at once", "an answer or a refusal, soon")
def many_choices_twice(server):
    return [bounded(reply) for reply in at_once(2, lambda: guided(server, guided_choice=choices()))][-1]


@on_server("300,000 wrong entries of logit_bias", "400, in a few lines")
def many_biases(server):
    return refused(guided(server, logit_bias=biases()))


@on_server("300,000 wrong entries of logit_bias, two at once", "400, in a few lines")
def many_biases_twice(server):
    return [refused(reply) for reply in at_once(2, lambda: guided(server, logit_bias=biases()))][-1]


@on_server("numbers above 32 bits", "400")
def wide_numbers(server):
    for key in ("n", "top_logprobs", "max_tokens", "max_completion_tokens", "top_k"):
        for value in (2 ** 32 + 1, 2 ** 63, 2 ** 64 + 1):
            more = {key: value, "logprobs": True} if key == "top_logprobs" else {key: value}
            said = refused(chat(server, "bob", {**question(server.model), **more}))
    return said


@on_server("NaN, Infinity and 1e400 for numbers", "400")
def no_numbers(server):
    for key in ("temperature", "top_p", "min_p", "frequency_penalty", "presence_penalty", "repetition_penalty"):
        said = bodies(server, *[plain(server, f'"{key}": {value}') for value in ("NaN", "Infinity", "-Infinity", "1e400", "-1e400")])
    bodies(server, *[plain(server, '"logit_bias": {"5": %s}' % value) for value in ("NaN", "1e400")])
    return said


@on_server("lone surrogates in texts", "400")
def lone_surrogates(server):
    for more in ({"stop": [SURROGATE]}, {"stop": "a" + SURROGATE}, {"guided_choice": ["a", SURROGATE]},
                 {"guided_json": {"enum": ["a", "b" + SURROGATE]}}, {"guided_regex": "a" + SURROGATE + "b"}):
        said = refused(chat(server, "bob", {**question(server.model), **more}))
    refused(chat(server, "bob", question(server.model, "Say " + SURROGATE)))
    return said


@on_server("overlong and broken UTF-8", "400")
def broken_utf8(server):
    whole = json.dumps(question(server.model, "MARK")).encode()
    return bodies(server, *[whole.replace(b"MARK", bad) for bad in (b"\xc0\xaf", b"\xe0\x80\xaf", b"\xed\xa0\x80", b"\xff", b"\xf4\x90\x80\x80")])


@on_server("application/jsonevil and other types", "415")
def other_types(server):
    content = json.dumps(question(server.model)).encode()
    for kind in ("application/jsonevil", "text/plain", "application/json-seq", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        said = refused(call(server.port, "/v1/chat/completions", server.keys["bob"], content, headers={"Content-Type": kind}), 415)
    return said


@on_server("JSON that nests a million deep", "400")
def deep_json(server):
    return bodies(server, b"[" * 1_000_000, b'{"a":' * 500_000, plain(server, '"metadata": ' + "[" * 100_000 + "]" * 100_000))


@on_server("a schema that nests 5,000 deep", "400")
def deep_schema(server):
    nested = '{"type": "array", "items": ' * 5_000 + "{}" + "}" * 5_000
    return bodies(server, plain(server, '"guided_json": ' + nested),
                  plain(server, '"guided_regex": "' + "(" * 20_000 + "a" + ")" * 20_000 + '"'))


@on_server("a message of 4 million letters", "400")
def long_message(server):
    return refused(chat(server, "bob", question(server.model, "word " * 800_000)))


@on_server("60,001 messages", "400")
def many_messages(server):
    messages = [{"role": "user" if i % 2 == 0 else "assistant", "content": "a"} for i in range(60_001)]
    return refused(chat(server, "bob", {"model": server.model, "messages": messages, "max_tokens": 1}))


@on_server("700,000 stop texts, 200,000 unknown keys", "400, in a few lines")
def many_stops(server):
    refused(chat(server, "bob", question(server.model, stop=["a"] * 700_000)))
    return refused(chat(server, "bob", {**question(server.model), **{f"k{i}": 1 for i in range(200_000)}}))


@on_server("a body of 5 MiB", "413")
def huge_body(server):
    return refused(chat(server, "bob", question(server.model, "a" * (5 << 20))), 413, 0)


@on_server("the same key twice in a body", "400")
def twice(server):
    reply = call(server.port, "/v1/chat/completions", server.keys["bob"],
                 ('{"model": "%s", "model": "hr-style", "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 1}' % server.model).encode())
    require(reply.status != 200, f"one of the two was taken: {reply}")
    return refused(reply, 400, 404)

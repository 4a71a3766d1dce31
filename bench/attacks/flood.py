"""Attacks by callers who ask much, go away, read nothing, or never finish what they say."""

import gzip
import re
import time

from attacks.registry import on_server, require
from attacks.wire import call, head, posted, question, raw, status_of

ABANDONED = 72


def running(server):
    """How many requests the server computes or keeps in line, by its own count."""
    text = call(server.port, "/metrics", server.keys["vera"], timeout=10).text()
    return sum(float(number) for number in re.findall(r"^sartor_(?:running|waiting)(?:\{[^}]*\})? ([0-9.]+)", text, re.M))


def settles(server, seconds=10):
    """The places are free again soon; the watch's own chat may take one."""
    until = time.monotonic() + seconds
    while running(server) > 1:
        require(time.monotonic() < until, f"{running(server):.0f} requests still take places {seconds} s later")
        time.sleep(0.2)
    return f"free again within {seconds} s"


def abandon(server, count, **more):
    body = question(server.model, "Tell a long story.", **{"max_tokens": 512, **more})
    callers = [raw(server, posted(server, "bob", body)) for _ in range(count)]
    time.sleep(0.5)
    for caller in callers:
        caller.close()


@on_server("72 abandoned requests, streamed", "others are answered, the places are free soon")
def abandoned_streams(server):
    abandon(server, ABANDONED, stream=True)
    return settles(server)


@on_server("72 abandoned requests, not streamed", "others are answered, the places are free soon")
def abandoned_answers(server):
    abandon(server, ABANDONED)
    return settles(server)


@on_server("72 abandoned requests, in line behind eight others", "others are answered, the places are free soon")
def abandoned_in_line(server):
    body = question(server.model, "Tell a long story.", max_tokens=512, stream=True)
    working = [raw(server, posted(server, "ann", body)) for _ in range(8)]
    time.sleep(0.5)
    abandon(server, ABANDONED - 8)
    for caller in working:
        caller.close()
    return settles(server)


@on_server("eight readers that stop reading", "others are answered")
def stopped_readers(server):
    body = question(server.model, "Tell a long story.", max_tokens=512, n=4, stream=True, logprobs=True, top_logprobs=20)
    readers = [raw(server, posted(server, "bob", body), buffer=2048) for _ in range(8)]
    time.sleep(15)
    for reader in readers:
        reader.close()
    return settles(server, 75)


@on_server("slow heads: 200 callers, a byte a second", "others are answered")
def slow_heads(server):
    return drip(server, 200, b"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")


@on_server("slow bodies: 200 callers, a byte a second", "others are answered")
def slow_bodies(server):
    return drip(server, 200, head(server, "bob", 100_000) + b'{"model": "')


def drip(server, count, begin):
    callers = [raw(server, begin) for _ in range(count)]
    for _ in range(10):
        for caller in callers:
            try:
                caller.sendall(b"a")
            except OSError:
                pass  # the server has hung up
        time.sleep(1)
    for caller in callers:
        caller.close()
    return settles(server)


@on_server("900 connections that say nothing", "others are answered")
def many_connections(server):
    callers = []
    try:
        for _ in range(900):
            callers.append(raw(server))
    except OSError:
        pass  # refused, or as many as this system lets one process open
    time.sleep(5)
    for caller in callers:
        caller.close()
    return f"{len(callers)} connections were let in"


@on_server("a body without an end", "hung up on, or refused")
def endless_body(server):
    caller = raw(server, head(server, "bob", 0, "Transfer-Encoding: chunked").replace(b"Content-Length: 0\r\n", b""))
    sent = 0
    caller.settimeout(20)
    try:
        while sent < 256 << 20:
            caller.sendall(b"10000\r\n" + b"a" * 0x10000 + b"\r\n")
            sent += 0x10000
    except OSError:
        pass
    caller.close()
    require(sent <= 64 << 20, f"{sent >> 20} MiB were taken in")
    return f"after {sent >> 10} KiB"


@on_server("a body that is said to have 10^15 bytes", "413 at once")
def endless_length(server):
    status = status_of(raw(server, head(server, "bob", 10 ** 15)))
    require(status in (400, 413), f"got {status}")
    return str(status)


@on_server("two lengths in one head", "400, or hung up on")
def smuggled(server):
    content = posted(server, "bob", question(server.model))
    both = content.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n", 1)
    status = status_of(raw(server, both))
    require(status in (0, 400), f"got {status}")
    return str(status)


@on_server("a head of 1 MiB", "400, 413 or 431, or hung up on")
def huge_head(server):
    try:
        status = status_of(raw(server, b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"a" * (1 << 20) + b"\r\n\r\n"))
    except OSError:
        status = 0
    require(status in (0, 400, 413, 431), f"got {status}")
    return str(status)


@on_server("a compressed bomb for a body", "400 or 415")
def compressed(server):
    bomb = gzip.compress(b" " * (64 << 20))
    reply = call(server.port, "/v1/chat/completions", server.keys["bob"], bomb, headers={"Content-Encoding": "gzip"})
    require(reply.status in (400, 413, 415), f"got {reply}")
    return str(reply.status)

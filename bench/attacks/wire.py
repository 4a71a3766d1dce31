"""HTTP as attackers write it: whole requests, and raw bytes."""

import http.client
import json
import socket
import threading
import time

from attacks.registry import require

LONGEST = 60


class Reply:
    def __init__(self, status, body, seconds):
        self.status, self.body, self.seconds = status, body, seconds

    def json(self):
        return json.loads(self.body)

    def text(self):
        return self.body.decode("utf-8", "replace")

    def __str__(self):
        return f"{self.status} after {self.seconds:.1f} s: {self.text()[:120]}"


def call(port, path, key=None, body=None, method=None, headers=(), timeout=LONGEST):
    """One request. A server that hangs up, or says nothing in time, gives status 0.

    @param body a dictionary, or bytes as they are
    """
    start = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        fields = dict(headers)
        if key:
            fields["Authorization"] = "Bearer " + key
        if isinstance(body, dict):
            body = json.dumps(body, separators=(",", ":")).encode()
        if body is not None:
            fields.setdefault("Content-Type", "application/json")
        connection.request(method or ("GET" if body is None else "POST"), path, body, fields)
        reply = connection.getresponse()
        return Reply(reply.status, reply.read(), time.monotonic() - start)
    except (OSError, http.client.HTTPException) as e:
        return Reply(0, repr(e).encode(), time.monotonic() - start)
    finally:
        connection.close()


def question(model, text="Say yes.", **more):
    return {"model": model, "messages": [{"role": "user", "content": text}], "max_tokens": 4, **more}


def chat(server, key, body, timeout=LONGEST):
    return call(server.port, "/v1/chat/completions", server.keys[key], body, timeout=timeout)


def refused(reply, *statuses, within=5.0):
    """The reply is one of these statuses, and came soon."""
    statuses = statuses or (400,)
    require(reply.status in statuses, f"wanted {' or '.join(map(str, statuses))}, got {reply}")
    require(reply.seconds <= within, f"refused only after {reply.seconds:.1f} s")
    require(len(reply.body) <= 64 << 10, f"the refusal is {len(reply.body)} bytes long")
    return f"{reply.status} in {reply.seconds:.2f} s"


def bounded(reply, within=10.0):
    """Answered or refused, either of them soon: what is asked for is allowed, and must not cost much."""
    require(reply.status == 200 or 400 <= reply.status < 500, f"wanted an answer or a refusal, got {reply}")
    require(reply.seconds <= within, f"took {reply.seconds:.1f} s")
    require(len(reply.body) <= 64 << 10, f"the reply is {len(reply.body)} bytes long")
    return f"{reply.status} in {reply.seconds:.2f} s"


def at_once(count, work):
    """What `count` callers of the same thing get."""
    results = [None] * count

    def one(number):
        results[number] = work()

    threads = [threading.Thread(target=one, args=(number,), daemon=True) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * LONGEST)
    require(all(result is not None for result in results), "a caller is still waiting")
    return results


def raw(server, sent=b"", buffer=None):
    """A connection with these bytes sent, and left open.

    @param buffer bytes that the system takes in for a reader that does not read
    """
    connection = socket.socket()
    if buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    connection.settimeout(LONGEST)
    connection.connect(("127.0.0.1", server.port))
    connection.sendall(sent)
    return connection


def head(server, key, length, *more):
    """The head of a chat request."""
    lines = ["POST /v1/chat/completions HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json",
             f"Authorization: Bearer {server.keys[key]}", f"Content-Length: {length}", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def posted(server, key, body):
    """A whole chat request whose answer nobody waits for."""
    content = json.dumps(body, separators=(",", ":")).encode()
    return head(server, key, len(content)) + content


def status_of(connection):
    """The status that a raw connection is answered with; 0 where it is closed without one."""
    try:
        line = connection.makefile("rb").readline(200)
        return int(line.split()[1]) if line.startswith(b"HTTP/") else 0
    except (OSError, IndexError, ValueError):
        return 0
    finally:
        connection.close()

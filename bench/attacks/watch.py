"""Looks, while an attack runs, whether the server still answers others, and what memory it takes."""

import math
import pathlib
import subprocess
import threading
import time

from attacks.wire import call, question

CHAT_SECONDS = 2.0
HEALTH_SECONDS = 0.2
RSS_MIB = 300

# After an attack the watch goes on for so long, as what it set off may.
AFTER_SECONDS = 2.0


def p99(seconds):
    """By nearest rank: of fewer than a hundred the largest."""
    return sorted(seconds)[max(0, math.ceil(0.99 * len(seconds)) - 1)]


def resident_mib(pid):
    status = pathlib.Path(f"/proc/{pid}/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return int(said or 0) / 1024


class Watch:
    """`with Watch(server) as watch:`; afterwards its worst figures stand in it."""

    def __init__(self, server):
        self.server = server
        self.chats, self.health_seconds, self.resident = [], 0.0, 0.0
        self.failures = []
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.repeat, args=each, daemon=True)
                        for each in ((self.chat, 0.2), (self.health, 0.1), (self.memory, 0.05))]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        time.sleep(AFTER_SECONDS)
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def repeat(self, look, pause):
        while True:
            look()
            if self.ended.wait(pause):
                return

    def chat(self):
        reply = call(self.server.port, "/v1/chat/completions", self.server.keys["vera"],
                     question(self.server.model, "Say yes."), timeout=30)
        self.chats.append(reply.seconds)
        if reply.status != 200:
            self.failures.append(f"another key's chat got {reply}")

    def health(self):
        reply = call(self.server.port, "/health", timeout=30)
        self.health_seconds = max(self.health_seconds, reply.seconds)
        if reply.status != 200:
            self.failures.append(f"/health got {reply}")

    def memory(self):
        self.resident = max(self.resident, resident_mib(self.server.process.pid))

    @property
    def chat_seconds(self):
        return max(self.chats, default=0.0)

    def growth(self):
        return self.resident - self.server.idle_mib

    def problems(self):
        """What others had to suffer."""
        found = self.failures[:1]
        if self.chat_seconds > CHAT_SECONDS:
            found.append(f"another key's chat took {self.chat_seconds:.1f} s")
        if self.health_seconds > HEALTH_SECONDS:
            found.append(f"/health took {self.health_seconds:.2f} s")
        if self.growth() > RSS_MIB:
            found.append(f"memory grew by {self.growth():.0f} MiB")
        return found

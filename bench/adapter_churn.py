"""Adapters that are attached, replaced and detached all the while, as others stream: whether each answer is that of its own adapter, what the process's memory does,
and the pace beside the same requests to one adapter that stays.

usage: python3 bench/adapter_churn.py SARTOR MODEL OUT_JSON [--minutes 30] [--adapters 200] [--slots 8] [--streams 16] [--changes 4] [--rounds 6] [--most-warm-up 10]
                                       [--hidden 576] [--intermediate 1536] [--layers 30]
  SARTOR     the launcher, such as ./sartor
  --changes  PUTs and DELETEs a second, as far as they come through
  --most-warm-up  minutes in which long texts are asked at most, until the pages of the KV cache were all written to once and memory grows no more
  --hidden, --intermediate, --layers  the model's shape (SmolLM2-135M's unless told otherwise)

Each adapter is constructed: in the last layer it adds the square of what its first matrices make of any input, which is never negative, times a direction of its own, so that it says one
thing over and over whatever it is asked: its canary. What that is, is found by asking each alone on a server that does nothing else; those that do not say one thing, or what another says,
are made anew. Then a fresh server: requests to 200 names whose adapters change. An answer is right where it is the canary of an adapter that had the name at a moment from the request's
sending to its first byte; a 404 is right where none had.
"""
import argparse, array, concurrent.futures, http.client, io, json, os, random, struct, subprocess, sys, tarfile, tempfile, threading, time
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
for name in ("sartor", "model", "out"):
    a.add_argument(name)
a.add_argument("--minutes", type=float, default=30), a.add_argument("--most-warm-up", type=float, default=10)
for name, usual in {"adapters": 200, "slots": 8, "streams": 16, "changes": 4, "rounds": 6, "hidden": 576, "intermediate": 1536, "layers": 30}.items():
    a.add_argument("--" + name, type=int, default=usual)
a = a.parse_args()
chance = random.Random(7)
RANK, TOKENS, NEURONS = 4, 32, 4
WORDS = "the charger bicycle lamp seat fuse bridge moon paper river window garden engine letter winter copper".split()


# ---- Adapters -----------------------------------------------------------------------------------------------------

def archive(seed):
    """A PEFT folder in a tar file. Neurons come in pairs that are fed the same number with opposite signs, so that what one of them lets pass of it the other does not."""
    own, module = random.Random(seed), f"base_model.model.model.layers.{a.layers - 1}.mlp."
    ins = array.array("f", (own.gauss(0, 1) for _ in range(RANK * a.hidden)))
    chosen = own.sample(range(a.intermediate), 2 * NEURONS)
    out = array.array("f", bytes(4 * a.intermediate * RANK))
    for i, neuron in enumerate(chosen):
        out[neuron * RANK + i // 2] = 1.0 if i % 2 else -1.0
    collect = array.array("f", bytes(4 * RANK * a.intermediate))
    for neuron in chosen:
        collect[neuron] = 1.0
    direction = array.array("f", bytes(4 * a.hidden * RANK))
    for i in range(a.hidden):
        direction[i * RANK] = own.gauss(0, 1) * 2000  # far beyond what stands there without it
    tensors = {module + "down_proj.lora_A.weight": (collect, [RANK, a.intermediate]), module + "down_proj.lora_B.weight": (direction, [a.hidden, RANK])}
    for name in ("gate_proj", "up_proj"):
        tensors |= {f"{module}{name}.lora_A.weight": (ins, [RANK, a.hidden]), f"{module}{name}.lora_B.weight": (out, [a.intermediate, RANK])}
    header, at, body = {}, 0, b""
    for name in sorted(tensors):
        values, shape = tensors[name]
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [at, at + 4 * len(values)]}
        at += 4 * len(values)
        body += values.tobytes()
    text = json.dumps(header).encode()
    weights = struct.pack("<Q", len(text)) + text + body
    settings = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": a.model, "r": RANK, "lora_alpha": RANK, "lora_dropout": 0.0, "bias": "none",
                "target_modules": ["gate_proj", "up_proj", "down_proj"], "layers_to_transform": [a.layers - 1], "init_lora_weights": True}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, content in (("adapter_config.json", json.dumps(settings).encode()), ("adapter_model.safetensors", weights)):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


# ---- The server ---------------------------------------------------------------------------------------------------

class Server:
    def __init__(self, folder):
        self.port = common.free_port()
        folder.mkdir(parents=True)
        self.log = (folder.parent / (folder.name + ".log")).open("w")
        command = [*common.launcher(a.sartor), "serve", "--model", a.model, "--adapters", folder, "--adapter-slots", a.slots, "--adapter-rank", 8, "--port", self.port]
        self.process = subprocess.Popen([str(word) for word in command], stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL, env=common.environment())
        deadline = time.monotonic() + 300
        while True:
            try:
                if self.send("GET", "/health")[0] == 200:
                    return
            except OSError:
                time.sleep(0.2)
            if time.monotonic() > deadline or self.process.poll() is not None:
                sys.exit("the server did not get ready: " + Path(self.log.name).read_text()[-2000:])

    def send(self, method, path, body=b"", kind="application/json"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            connection.request(method, path, body, {"Content-Type": kind})
            reply = connection.getresponse()
            return reply.status, reply.read()
        finally:
            connection.close()

    def put(self, name, content):
        status, body = self.send("PUT", "/v1/adapters/" + name, content, "application/x-tar")
        if status not in (200, 201):
            raise RuntimeError(f"PUT {name}: {status} {body[:300]}")
        return json.loads(body)["digest"]

    def stream(self, name, text, tokens=TOKENS):
        """Status, text, and when the first byte came."""
        body = json.dumps({"model": name, "stream": True, "max_tokens": tokens, "messages": [{"role": "user", "content": text}], "stream_options": {"include_usage": True}}).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            connection.request("POST", "/v1/chat/completions", body, {"Content-Type": "application/json"})
            reply = connection.getresponse()
            first = time.monotonic()
            if reply.status != 200:
                return reply.status, reply.read().decode(), first, 0
            said, count = [], 0
            for line in reply:
                if line.startswith(b"data: {"):
                    event = json.loads(line[6:])
                    if "error" in event:
                        return 599, json.dumps(event), first, 0
                    said += [choice["delta"].get("content") or "" for choice in event["choices"]]
                    count = (event.get("usage") or {}).get("completion_tokens", count)
            return 200, "".join(said), first, count
        finally:
            connection.close()

    def sure(self, name, text):
        """The first tokens of an answer, or two different ones where another was nearly as likely for any of them: a batch may then say the other."""
        body = json.dumps({"model": name, "max_tokens": 4, "logprobs": True, "top_logprobs": 2, "messages": [{"role": "user", "content": text}]}).encode()
        status, reply = self.send("POST", "/v1/chat/completions", body)
        if status != 200:
            raise RuntimeError(f"{status} {reply[:300]}")
        tokens = json.loads(reply)["choices"][0]["logprobs"]["content"]
        sure = len(tokens) == 4 and all(each["top_logprobs"][0]["logprob"] - each["top_logprobs"][1]["logprob"] > 1 for each in tokens)
        return {each["token"] for each in tokens} if sure else {"", "not sure"}

    def resident(self):
        """MiB of the process with all that it started."""
        total, children = 0, [self.process.pid]
        while children:
            pid = children.pop()
            try:
                total += next(int(line.split()[1]) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
                children += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            except (OSError, StopIteration):
                pass
        return total // 1024

    def close(self):
        self.process.terminate()
        self.process.wait(60)


def question():
    return "Tell me about the " + " ".join(chance.choices(WORDS, k=6)) + "."


def canaries(server):
    """Adapters that say one thing each, and nobody else's: archives with what they say."""
    found, seen, seed = [], set(), 0
    while len(found) < a.adapters:
        seed += 1
        content = archive(seed)
        server.put("probe", content)
        pieces = {piece for _ in range(2) for piece in server.sure("probe", question())}
        text = pieces.pop() if len(pieces) == 1 else ""
        if text.strip() and text not in seen:
            seen.add(text)
            found.append((content, text))
            if len(found) % 50 == 0:
                print(f"{len(found)} canaries of {seed} adapters", file=sys.stderr, flush=True)
        if seed > 20 * a.adapters:
            sys.exit(f"of {seed} adapters only {len(found)} say one thing: is the model's shape right?")
    return found, seed


# ---- What happens -------------------------------------------------------------------------------------------------

class Names:
    """What had which name when, as far as the clock tells: between a change's sending and its answer either may answer."""

    def __init__(self, count):
        self.lock, self.history = threading.Lock(), {f"a{i}": [] for i in range(count)}

    def begin(self, name, canary):
        entry = {"canary": canary, "from": time.monotonic(), "known": None, "until": None}
        with self.lock:
            if self.history[name]:
                self.history[name][-1].setdefault("ending", entry["from"])
            self.history[name].append(entry)
        return entry

    def done(self, name, entry):
        with self.lock:
            entry["known"] = time.monotonic()
            before = self.history[name][-2:-1]
            if before:
                before[0]["until"] = entry["known"]
            del self.history[name][:-6]

    def possible(self, name, sent, first):
        with self.lock:
            return [each["canary"] for each in self.history[name] if each["from"] <= first and (each["until"] is None or each["until"] >= sent)]


found_on = Path(tempfile.mkdtemp(prefix="sartor-churn-"))
sitting = common.Sitting(a.sartor)
server = Server(found_on / "alone")
made, tried = canaries(server)
server.close()

server = Server(found_on / "churn")
names = Names(a.adapters)
for name in names.history:  # None is "no adapter"
    names.history[name].append({"canary": None, "from": 0, "known": 0, "until": None})
one_content, one_canary = made[0]
server.put("one", one_content)
stop, churning = threading.Event(), threading.Event()
counts = {"answers": 0, "wrong": 0, "not_found": 0, "wrong_not_found": 0, "errors": 0, "puts": 0, "replaced": 0, "deletes": 0}
lock, problems, busy = threading.Lock(), [], {name: threading.Lock() for name in names.history}


def count(**more):
    with lock:
        for key, value in more.items():
            counts[key] += value


def change():
    own = random.Random(threading.get_ident())
    while not stop.is_set():
        churning.wait(1)
        start = time.monotonic()
        name = own.choice(list(names.history))
        if not churning.is_set() or not busy[name].acquire(blocking=False):
            continue
        try:
            has = names.history[name][-1]["canary"] is not None
            if has and own.random() < 0.3:
                entry = names.begin(name, None)
                status, body = server.send("DELETE", "/v1/adapters/" + name)
                if status != 200:
                    raise RuntimeError(f"DELETE {name}: {status} {body[:300]}")
                count(deletes=1)
            else:
                content, canary = own.choice(made)
                entry = names.begin(name, canary)
                server.put(name, content)
                count(puts=1, replaced=1 if has else 0)
            names.done(name, entry)
        except Exception as e:  # it is told, and fails the run
            count(errors=1)
            problems.append(str(e)[:300])
        finally:
            busy[name].release()
        time.sleep(max(0, 2 / a.changes - (time.monotonic() - start)))


def ask(until, single, tally):
    own = random.Random(threading.get_ident())
    while time.monotonic() < until:
        name = "one" if single else own.choice(list(names.history))
        if not single and names.history[name][-1]["canary"] is None and own.random() < 0.9:
            continue  # mostly those that are there
        sent = time.monotonic()
        try:
            status, text, first, tokens = server.stream(name, question())
        except OSError as e:
            count(errors=1)
            problems.append(str(e)[:300])
            continue
        possible = [one_canary] if single else names.possible(name, sent, first)
        if status == 200:
            right = any(piece is not None and piece * TOKENS == text for piece in possible)
            count(answers=1, wrong=0 if right else 1)
            with lock:
                tally["tokens"] += tokens
                tally["answers"] += 1
            if not right and len(problems) < 20:
                problems.append(f"{name} said {text[:80]!r}, not one of {possible}")
        elif status == 404:
            count(not_found=1, wrong_not_found=0 if None in possible else 1)
        else:
            count(errors=1)
            problems.append(f"{status} {text[:300]}")


def phase(seconds, single):
    tally, start = {"tokens": 0, "answers": 0}, time.monotonic()
    churning.clear() if single else churning.set()
    threads = [threading.Thread(target=ask, args=(start + seconds, single, tally)) for _ in range(a.streams)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    churning.clear()
    took = time.monotonic() - start
    figure = {"seconds": round(took, 1), "answers": tally["answers"], "tokens_per_second": round(tally["tokens"] / took, 1), "resident_mib": server.resident()}
    print("one adapter" if single else "churn", figure, file=sys.stderr, flush=True)
    return figure


def fill():
    """Long texts, no two alike, until 32 of them have the process grow by less than 1 %."""
    last, asked, until = server.resident(), 0, time.monotonic() + a.most_warm_up * 60
    while time.monotonic() < until:
        texts = [" ".join(chance.choices(WORDS, k=1500)) for _ in range(32)]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda text: server.stream("one", text, 2), texts))
        asked += len(texts)
        now = server.resident()
        print(f"{asked} long texts: {now} MiB", file=sys.stderr, flush=True)
        if now < last * 1.01:
            return {"texts": asked, "is_stable": True}
        last = now
    return {"texts": asked, "is_stable": False}


changers = [threading.Thread(target=change, daemon=True) for _ in range(2)]
for each in changers:
    each.start()
churning.set()
while sum(each[-1]["canary"] is not None for each in names.history.values()) < 0.6 * a.adapters and not problems:
    time.sleep(0.2)
filled, began = fill() if a.most_warm_up else None, time.monotonic()
warm = [phase(20, True), phase(30, False)]
resident, total = [server.resident()], a.minutes * 60
rounds = {"one": [], "churn": []}
for number in range(a.rounds):
    for single in ((True, False) if number % 2 == 0 else (False, True)):
        figure = phase(total / a.rounds * (0.3 if single else 0.7), single)
        rounds["one" if single else "churn"].append(figure)
        resident.append(figure["resident_mib"])
stop.set()
churning.set()
for each in changers:
    each.join(60)
growth = round(resident[-1] / resident[0] - 1, 4)
pace = common.ratio([each["tokens_per_second"] for each in rounds["churn"]], [each["tokens_per_second"] for each in rounds["one"]])
result = sitting.about() | {
    "model": a.model, "minutes": a.minutes, "minutes_run": round((time.monotonic() - began) / 60, 1), "adapters": a.adapters, "made_to_find_them": tried, "slots": a.slots,
    "streams": a.streams, "tokens_an_answer": TOKENS, **counts, "problems": problems[:20], "resident_mib_after_warm_up": resident[0], "resident_mib": resident, "growth": growth,
    "rounds": rounds, "warm_up": {"phases": warm, "filled": filled}, "pace_beside_one_adapter": pace,
    "held": {"wrong_0": counts["wrong"] == counts["wrong_not_found"] == counts["errors"] == 0, "memory_within_5_percent": growth <= 0.05, "pace_at_least_0.8": pace["median"] >= 0.8}}
server.close()
common.write(a.out, result)
print(json.dumps(result, indent=1))
sys.exit(0 if result["held"]["wrong_0"] else 1)

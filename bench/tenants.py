"""Several tenants on one server, and everything that one of them may try with what another has: over every route that the server lays, and every command that acts for somebody (`--as`).

usage: tenants.py OUT_JSON [--cases 20000] [--command-cases 200] [--model smollm2-135m-instruct] [--seed 1] [--sartor PROGRAM]

Routes are read from the server's source, and commands from the manual's pages, so that none is left out: one that this program knows no case for is a fault. Each case draws who asks (seven people
of two tenants and of none, two of them with the same name; each with five keys for different uses), a route, and what it is about: his own, a colleague's, another tenant's, or something that was
made up. What is his is told by a model of this program's own. A fault is
  shown     an answer holds a word, a name or an id of something that the one who asks may not know of
  listed    a list is not exactly what is his, or a figure of it counts more
  told      what another has is answered otherwise than what was made up (status, words, headers)
  refused   what is his is not given to him, so that a server that refuses everything does not pass
Each request about another's thing is sent a second time about something made up, in an order drawn by chance; the times of both stand in the result as the probability (AUC) that the other's took longer.
Ten minutes on two cores.
"""
import argparse, collections, http.client, io, json, os, random, re, struct, subprocess, sys, tarfile, tempfile, time
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--cases", type=int, default=20_000), a.add_argument("--command-cases", type=int, default=200)
a.add_argument("--model", default="smollm2-135m-instruct"), a.add_argument("--seed", type=int, default=1), a.add_argument("--sartor", default=common.SARTOR)
a = a.parse_args()
sitting, chance, work = common.Sitting(a.sartor), random.Random(a.seed), Path(tempfile.mkdtemp(prefix="sartor-tenants-"))
STATE, FILES, ADAPTERS, SHELF = work / "state.db", work / "files", work / "adapters", work / "shelf"
SERVER = common.ROOT / "product/serve/src/main/java/dev/sartor/serve/server"

PEOPLE = {"ann": ("ann", "acme", ["sales"]), "abe": ("abe", "acme", ["hr"]), "gus": ("gus", "globex", ["sales"]), "gwen": ("gwen", "globex", ["hr"]),
          "globex's ann": ("ann", "globex", []), "zoe": ("zoe", None, ["sales"]), "zed": ("zed", None, ["hr"])}
USES = {"all": "infer,embed,search,tune,metrics", "asks": "infer,search", "infers": "infer", "tunes": "tune", "watches": "metrics"}
UNSTEADY = ("x-request-id", "date", "content-length", "connection")  # a connection is closed where a body was refused before its end had come
MARK = re.compile(r"zq[a-z]+\d+x|file-[A-Za-z0-9]{8,}|ftjob-[A-Za-z0-9]{8,}|batch_[A-Za-z0-9]{8,}")
faults, kinds, tries, times = [], collections.Counter(), collections.Counter(), collections.defaultdict(list)


def fault(kind, *what):
    kinds[kind] += 1
    if len(faults) < 60:
        faults.append(kind + ": " + " ".join(map(str, what))[:700])
        print("FAULT", faults[-1], flush=True)


def owner(person):
    user, tenant, _ = PEOPLE[person]
    return "tenant:" + tenant if tenant else "user:" + user


def principals(person):
    user, tenant, groups = PEOPLE[person]
    return {"user:" + user, *("group:" + group for group in groups), *(["tenant:" + tenant] if tenant else [])}


class Things:
    """What there is, by the mark that it goes by, and who may know of it."""

    def __init__(self):
        self.known, self.number = {}, 0

    def mark(self, kind, may):
        self.number += 1
        mark = f"zq{kind}{self.number:06d}x"
        self.known[mark] = may
        return mark

    def may(self, mark, person):
        return mark in self.known and self.known[mark](person)


things = Things()


def of(who):
    """Whoever shares the files, jobs and batches of a person."""
    return lambda person: owner(person) == who


# ---- The world ----------------------------------------------------------------------------------------------------

DOCUMENTS = {"all": ["everyone"], "acme": ["tenant:acme"], "globex": ["tenant:globex"], "hr": ["group:hr"], "sales": ["group:sales"], "zoe": ["user:zoe"]}


def shelf():
    rules = []
    for folder, readers in DOCUMENTS.items():
        for number in range(4):
            mark = things.mark("doc", (lambda readers: lambda person: readers == ["everyone"] or bool(set(readers) & principals(person)))(readers))
            file = work / "docs" / folder / f"{mark}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"# Rebate {number}\n\nThe rebate of the kettle number {number} is {mark}.\n")
        rules.append(f"  - {{paths: {folder}, readers: {json.dumps(readers[0] if readers == ['everyone'] else readers)}}}\n")
    (work / "access.yaml").write_text("rules:\n" + "".join(rules))
    common.sartor(a.sartor, "index", work / "docs", "--out", SHELF, "--embedder", "none", "--access", work / "access.yaml")


def archive():
    """A LoRA adapter of rank 1 on one matrix, that changes nothing."""
    hidden = 576
    tensors, header, body = {"lora_A": (1, hidden), "lora_B": (hidden, 1)}, {}, b""
    for name, shape in tensors.items():
        size = 4 * shape[0] * shape[1]
        header[f"base_model.model.model.layers.0.self_attn.q_proj.{name}.weight"] = {"dtype": "F32", "shape": shape, "data_offsets": [len(body), len(body) + size]}
        body += bytes(size)
    text = json.dumps(header).encode()
    settings = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": a.model, "r": 1, "lora_alpha": 1, "lora_dropout": 0.0, "bias": "none", "target_modules": ["q_proj"],
                "layers_to_transform": [0], "init_lora_weights": True}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, content in (("adapter_config.json", json.dumps(settings).encode()), ("adapter_model.safetensors", struct.pack("<Q", len(text)) + text + body)):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


ARCHIVE = archive()


class Server:
    def __init__(self):
        self.port = common.free_port()
        ADAPTERS.mkdir()
        self.log = (work / "server.log").open("w")
        command = [*common.launcher(a.sartor), "serve", "--model", a.model, "--index", SHELF, "--adapters", ADAPTERS, "--state", STATE, "--files", FILES, "--port", self.port]
        self.process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=common.environment())
        self.connection = None
        deadline = time.monotonic() + 300
        while self.call("GET", "/health", None).status != 200:
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit("the server did not get ready:\n" + (work / "server.log").read_text()[-2000:])
            time.sleep(0.2)

    def call(self, method, path, key, body=None, kind="application/json"):
        if isinstance(body, dict):
            body = json.dumps(body).encode()
        for attempt in range(2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
                headers = {"Authorization": "Bearer " + key} if key else {}
                if body is not None:
                    headers["Content-Type"] = kind
                start = time.perf_counter()
                self.connection.request(method, path.replace(" ", "%20"), body, headers)
                reply = self.connection.getresponse()
                content = reply.read()
                return Reply(reply.status, content.decode("utf-8", "replace"), dict(reply.getheaders()), time.perf_counter() - start)
            except (OSError, http.client.HTTPException) as e:
                self.connection = None
                if attempt:
                    return Reply(0, repr(e), {}, 0)


class Reply(collections.namedtuple("Reply", "status text headers seconds")):
    def json(self):
        return json.loads(self.text)

    def all(self):
        return self.text + "\n".join(f"{name}: {value}" for name, value in self.headers.items())


shelf()
KEYS, server = {}, None
OWNERS = sorted({owner(person) for person in PEOPLE})
FIRST = {who: next(person for person in PEOPLE if owner(person) == who) for who in OWNERS}
files, jobs, batches, adapters, tuned = ({who: {} for who in OWNERS} for _ in range(5))  # id or name -> what is known of it


def upload(person, purpose, use="all"):
    """A file whose name and words are marked."""
    who = owner(person)
    name, word = things.mark("name", of(who)), things.mark("word", of(who))
    if purpose == "batch":
        rows = [{"custom_id": word, "method": "POST", "url": "/v1/chat/completions", "body": {"model": a.model, "max_tokens": 1, "messages": [{"role": "user", "content": word}]}}]
    else:
        rows = [{"messages": [{"role": "user", "content": f"Say {word}."}, {"role": "assistant", "content": f"{word} {i}."}]} for i in range(10)]
    content = "".join(json.dumps(row) + "\n" for row in rows)
    form = "".join(f'--zqb\r\nContent-Disposition: form-data; name="{field}"{more}\r\n\r\n{value}\r\n' for field, more, value in
                   (("purpose", "", purpose), ("file", f'; filename="{name}.jsonl"', content))) + "--zqb--\r\n"
    reply = server.call("POST", "/v1/files", KEYS[person, use], form.encode(), "multipart/form-data; boundary=zqb")
    if reply.status == 200:
        id = reply.json()["id"]
        things.known[id] = of(who)
        files[who][id] = {"purpose": purpose, "word": word, "bytes": len(content)}
    return reply


def train(person):
    who = owner(person)
    file = next((id for id, each in files[who].items() if each["purpose"] == "fine-tune"), None) or upload(person, "fine-tune").json()["id"]
    suffix, note = things.mark("job", of(who)), things.mark("note", of(who))
    body = {"model": a.model, "training_file": file, "suffix": suffix, "metadata": {"note": note}, "method": {"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 1, "batch_size": 10}}}}
    reply = server.call("POST", "/v1/fine_tuning/jobs", KEYS[person, "all"], body)
    if reply.status == 200:
        id = reply.json()["id"]
        things.known[id] = of(who)
        files[who][file]["held"] = True
        jobs[who][id] = {"suffix": suffix}
    return reply


def attach(person, name=None, readers=(), use="all"):
    who = owner(person)
    name = name or f"{who}/" + things.mark("ad", lambda _: False)
    query = "?" + "&".join("readers=" + each for each in readers) if readers else ""
    reply = server.call("PUT", f"/v1/adapters/{name}{query}", KEYS[person, use], ARCHIVE, "application/x-tar")
    if reply.status in (200, 201):
        mark = MARK.search(name).group()
        may = (lambda who, readers: lambda person: owner(person) == who and (not readers or bool(set(readers) & principals(person))))(who, list(readers))
        things.known[mark] = may
        adapters[who][name] = may
    return reply


def world():
    """Keys, a server, and what each owner has there. Jobs run to their end here, as nobody can wait for them later."""
    global server
    for person, (user, tenant, groups) in PEOPLE.items():
        for use, scopes in USES.items():
            words = ["--user", user, "--scopes", scopes, *(["--tenant", tenant] if tenant else []), *(["--groups", ",".join(groups)] if groups else [])]
            KEYS[person, use] = common.sartor_json(a.sartor, "keys", "create", "--state", STATE, "--json", *words)["key"]
    server = Server()
    for who, person in FIRST.items():
        for purpose in ("fine-tune", "batch", "batch"):
            upload(person, purpose)
        train(person)
        for _ in range(2):
            server.call("POST", f"/v1/fine_tuning/jobs/{train(person).json()['id']}/cancel", KEYS[person, "all"], {})
        for _ in range(3):
            attach(person)
    for who, person in FIRST.items():
        for id in jobs[who]:
            until = time.monotonic() + 400
            while (found := server.call("GET", "/v1/fine_tuning/jobs/" + id, KEYS[person, "all"]).json())["status"] not in ("succeeded", "failed", "cancelled"):
                if time.monotonic() > until:
                    sys.exit(f"a job did not end: {found}")
                time.sleep(0.5)
            jobs[who][id]["status"] = found["status"]
            if found["fine_tuned_model"]:
                tuned[who][found["fine_tuned_model"]] = True
            for file in found["result_files"] or []:
                things.known[file] = of(who)
        if not tuned[who]:
            sys.exit(f"no job of {who} succeeded: {jobs[who]}")
    print({name: {who: len(each) for who, each in kept.items()} for name, kept in (("files", files), ("jobs", jobs), ("adapters", adapters), ("tuned", tuned))}, flush=True)


# ---- Cases --------------------------------------------------------------------------------------------------------

def unseen(person, reply, sent=""):
    """Nothing of what the person may not know of is in the answer, but what he said himself."""
    for mark in set(MARK.findall(reply.all())) - set(MARK.findall(sent)):
        if mark in things.known and not things.may(mark, person):
            fault("shown", person, "sees", mark, "in", sent, "->", reply.status, reply.text[:300])


def plain(reply, name):
    """An answer but for the name that was asked for, and what differs from request to request."""
    text = reply.text.replace(name, "NAME").replace(name.replace("/", "%2F"), "NAME")
    headers = {key.lower(): value for key, value in reply.headers.items() if key.lower() not in UNSTEADY}
    return reply.status, re.sub(r'"(created|created_at)":\d+', "", text), sorted(headers.items())


def same(person, use, route, theirs, invented, send):
    """What another has, and what nobody has."""
    names = [theirs, invented]
    chance.shuffle(names)
    said = {name: send(name) for name in names}
    unseen(person, said[theirs], theirs)
    if plain(said[theirs], theirs) != plain(said[invented], invented):
        fault("told", person, use, route, plain(said[theirs], theirs), "and made up", plain(said[invented], invented))
    if 200 <= said[theirs].status < 300:
        fault("shown", person, use, route, theirs, said[theirs].text[:200])
    times[route].append((said[theirs].seconds, said[invented].seconds))


def expect(reply, person, use, route, right, *statuses):
    """What is one's own is given to those whose key is for it, and to no other."""
    allowed = reply.status in statuses if right else reply.status in (403, 404)
    if not allowed:
        fault("refused" if right else "shown", person, use, route, reply.status, reply.text[:300])
    return right and allowed


def foreign(person, kept):
    """Something of an owner that the person is not."""
    return chance.choice([name for who in OWNERS if who != owner(person) for name in kept[who]])


def letters(count):
    return "".join(chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(count))


def alike(id):
    """An id of the same form that was never given."""
    head, cut = re.match(r"(file-|ftjob-|batch_)", id).group(), len(re.match(r"(file-|ftjob-|batch_)", id).group())
    return head + letters(len(id) - cut)


def listed(person, use, route, reply, right, ids):
    if expect(reply, person, use, route, right, 200):
        found = reply.json()["data"]
        if [each["id"] for each in found] and sorted(each["id"] for each in found) != sorted(ids) or not found and ids:
            fault("listed", person, use, route, len(found), "in place of", len(ids), sorted({each["id"] for each in found} ^ set(ids))[:4])
    unseen(person, reply)


def job_case(path, method, statuses):
    def case(person, use, route):
        right, who = use in ("all", "tunes"), owner(person)
        send = lambda id: server.call(method, path.format(id=id), KEYS[person, use], {} if method == "POST" else None)
        if chance.random() < 0.5:
            id = chance.choice(list(jobs[who]))
            reply = send(id)
            expect(reply, person, use, route, right, *statuses)
            unseen(person, reply, id)
        else:
            id = foreign(person, jobs)
            same(person, use, route, id, alike(id), send)
    return case


def file_case(path, method):
    def case(person, use, route):
        who = owner(person)
        right = lambda file: use == "all" or (file["purpose"] == "fine-tune") == (use == "tunes") and use in ("asks", "infers", "tunes")
        send = lambda id: server.call(method, path.format(id=id), KEYS[person, use])
        own = [id for id in files[who] if method != "DELETE" or not files[who][id].get("held")]
        if own and chance.random() < 0.4:
            id = chance.choice(own)
            reply = send(id)
            if expect(reply, person, use, route, right(files[who][id]), 200):
                if path.endswith("content") and files[who][id]["word"] not in reply.text:
                    fault("refused", person, use, route, "the content is not the file's")
                if method == "DELETE":
                    del files[who][id]
            unseen(person, reply, id)
        else:
            id = foreign(person, files)
            same(person, use, route, id, alike(id), send)
    return case


def post_file(person, use, route):
    purpose = chance.choice(["fine-tune", "batch"])
    if len(files[owner(person)]) > 40:
        return file_case("/v1/files/{id}", "DELETE")(person, use, "DELETE /v1/files/{id}")
    reply = upload(person, purpose, use)
    right = use == "all" or use == "tunes" and purpose == "fine-tune" or use in ("asks", "infers") and purpose == "batch"
    expect(reply, person, use, route, right, 200)
    unseen(person, reply)


def get_files(person, use, route):
    seen = {"all": ("fine-tune", "batch", "batch_output"), "tunes": ("fine-tune",), "asks": ("batch", "batch_output"), "infers": ("batch", "batch_output"), "watches": ()}[use]
    reply = server.call("GET", "/v1/files?limit=1000", KEYS[person, use])
    if expect(reply, person, use, route, use != "watches", 200):
        found = {each["id"]: each for each in reply.json()["data"]}
        for id, each in found.items():
            if each["purpose"] == "batch_output" and id not in things.known:
                things.known[id] = of(owner(person))  # what a batch has made since
                if not any(batch in batches[owner(person)] for batch in batches[owner(person)]):
                    fault("listed", person, use, route, "an output of no batch of his", id)
        due = {id for id, each in files[owner(person)].items() if each["purpose"] in seen}
        if {id for id, each in found.items() if each["purpose"] != "batch_output"} != due:
            fault("listed", person, use, route, sorted(set(found) ^ due)[:4])
    unseen(person, reply)


def post_job(person, use, route):
    id = foreign(person, files)
    send = lambda id: server.call("POST", "/v1/fine_tuning/jobs", KEYS[person, use], {"model": a.model, "training_file": id})
    if chance.random() < 0.01 and use == "all":
        reply = train(person)
        expect(reply, person, use, route, True, 200)
        unseen(person, reply)
        if reply.status == 200:
            expect(server.call("POST", f"/v1/fine_tuning/jobs/{reply.json()['id']}/cancel", KEYS[person, "all"], {}), person, use, route + ", cancelled", True, 200)
    elif chance.random() < 0.3:
        model = foreign(person, tuned)
        mine = next(iter(files[owner(person)]), "file-none")
        same(person, use, route + " on another's model", model, f"ft:{a.model}:nobody:x:" + letters(8),
             lambda name: server.call("POST", "/v1/fine_tuning/jobs", KEYS[person, use], {"model": name, "training_file": mine}))
    else:
        same(person, use, route, id, alike(id), send)


def get_jobs(person, use, route):
    listed(person, use, route, server.call("GET", "/v1/fine_tuning/jobs?limit=100", KEYS[person, use]), use in ("all", "tunes"), list(jobs[owner(person)]))


def post_batch(person, use, route):
    who = owner(person)
    own = [id for id, each in files[who].items() if each["purpose"] == "batch"]
    send = lambda id: server.call("POST", "/v1/batches", KEYS[person, use], {"input_file_id": id, "endpoint": "/v1/chat/completions", "completion_window": "24h"})
    if own and chance.random() < 0.1 and len(batches[who]) < 60:
        id = chance.choice(own)
        reply = send(id)
        if reply.status == 400 and "not done" in reply.text:
            return
        if expect(reply, person, use, route, use in ("all", "asks", "infers"), 200):
            made = reply.json()["id"]
            things.known[made] = of(who)
            batches[who][made] = True
            files[who][id]["held"] = True
        unseen(person, reply, id)
    else:
        id = foreign(person, files)
        same(person, use, route, id, alike(id), send)


def get_batches(person, use, route):
    listed(person, use, route, server.call("GET", "/v1/batches?limit=100", KEYS[person, use]), use in ("all", "asks", "infers"), list(batches[owner(person)]))


def batch_case(path, method):
    def case(person, use, route):
        who = owner(person)
        send = lambda id: server.call(method, path.format(id=id), KEYS[person, use], {} if method == "POST" else None)
        if batches[who] and chance.random() < 0.4:
            reply = send(chance.choice(list(batches[who])))
            expect(reply, person, use, route, use in ("all", "asks", "infers"), 200, 400, 409)
        else:
            others = [id for each in OWNERS if each != who for id in batches[each]]
            if others:
                id = chance.choice(others)
                same(person, use, route, id, alike(id), send)
    return case


def visible(person):
    return [name for who in OWNERS for name, may in adapters[who].items() if may(person)]


def hidden(person):
    return [name for who in OWNERS for name, may in adapters[who].items() if not may(person)]


def made_up(name):
    """A name of the same owner and length that nothing has."""
    return MARK.sub(lambda found: f"zqno{chance.randrange(10**5, 10**6)}x", name) if MARK.search(name) else name + letters(3)


def get_adapters(person, use, route):
    reply = server.call("GET", "/v1/adapters", KEYS[person, use])
    if reply.status == 200:
        found = [each["id"] for each in reply.json()["data"]]
        if sorted(found) != sorted(visible(person)):
            fault("listed", person, use, route, sorted(set(found) ^ set(visible(person)))[:4])
    else:
        expect(reply, person, use, route, use in ("all", "tunes", "asks", "infers"), 200)
    unseen(person, reply)


def one_adapter(person, use, route):
    send = lambda name: server.call("GET", "/v1/adapters/" + name, KEYS[person, use])
    own, others = visible(person), hidden(person)
    if own and chance.random() < 0.4:
        name = chance.choice(own)
        reply = send(name)
        expect(reply, person, use, route, use != "watches" or reply.status == 200, 200)
        unseen(person, reply, name)
    elif others:
        name = chance.choice(others)
        same(person, use, route, name, made_up(name), send)


def put_adapter(person, use, route):
    who = owner(person)
    if chance.random() < 0.3:
        if len(adapters[who]) > 8:
            return delete_adapter(person, use, "DELETE /v1/adapters/<name>")
        readers = chance.choice([(), (), ("user:" + PEOPLE[person][0],), ("group:hr",)]) if who.startswith("tenant") else ()
        reply = attach(person, readers=readers, use=use)
        expect(reply, person, use, route, use in ("all", "tunes") and reply.status != 403, 200, 201)
        unseen(person, reply, "".join(MARK.findall(reply.text)))
    else:
        name = foreign(person, adapters)
        same(person, use, route, name, made_up(name), lambda name: server.call("PUT", "/v1/adapters/" + name, KEYS[person, use], ARCHIVE, "application/x-tar"))


def delete_adapter(person, use, route):
    who = owner(person)
    send = lambda name: server.call("DELETE", "/v1/adapters/" + name, KEYS[person, use])
    own = [name for name, may in adapters[who].items() if may(person)]
    if len(own) > 2 and chance.random() < 0.3:
        name = chance.choice(own)
        reply = send(name)
        if expect(reply, person, use, route, use in ("all", "tunes"), 200):
            del adapters[who][name]
        unseen(person, reply, name)
    elif hidden(person):
        name = chance.choice(hidden(person))
        same(person, use, route, name, made_up(name), send)


def models_of(person):
    return [*visible(person), *tuned[owner(person)]]


def get_models(person, use, route):
    reply = server.call("GET", "/v1/models", KEYS[person, use])
    expect(reply, person, use, route, True, 200)
    found = {each["id"].removesuffix("/shelf") for each in reply.json()["data"]} - {a.model}
    if found != set(models_of(person)):
        fault("listed", person, use, route, sorted(found ^ set(models_of(person)))[:4])
    unseen(person, reply)


def another_model(person):
    """A model that is not the person's, with or without an index."""
    others = hidden(person) + [name for who in OWNERS if who != owner(person) for name in tuned[who]]
    return chance.choice(others) + chance.choice(["", "", "/shelf"])


def invented_model(name):
    return re.sub(r"(zqad|zqjob)\d+x", lambda found: f"{found.group(1)[:4]}{chance.randrange(10**5, 10**6)}x", name) if not name.startswith("ft:") else name.replace(MARK.search(name).group(), "zqno000000x")


def one_model(person, use, route):
    send = lambda name: server.call("GET", "/v1/models/" + name, KEYS[person, use])
    if chance.random() < 0.4:
        name = chance.choice([a.model, *models_of(person)])
        reply = send(name)
        expect(reply, person, use, route, True, 200)
        unseen(person, reply, name)
    else:
        name = another_model(person)
        same(person, use, route, name, invented_model(name), send)


def asks(path, body):
    def case(person, use, route):
        send = lambda name: server.call("POST", path, KEYS[person, use], body(name))
        if chance.random() < 0.5:
            name = chance.choice([a.model, a.model + "/shelf", *models_of(person)])
            needs = ("all", "asks") if name.endswith("/shelf") else ("all", "asks", "infers")
            reply = send(name)
            expect(reply, person, use, route, use in needs, 200)
            unseen(person, reply, name)
            if name.endswith("/shelf") and reply.status == 200 and not any(things.may(mark, person) for mark in MARK.findall(reply.text)):
                fault("refused", person, use, route, "no passage of those that he may read")
        else:
            name = another_model(person)
            same(person, use, route, name, invented_model(name), send)
    return case


def embeds(person, use, route):
    name = another_model(person)
    same(person, use, route, name, invented_model(name), lambda name: server.call("POST", "/v1/embeddings", KEYS[person, use], {"model": name, "input": "kettle"}))


def metrics(person, use, route):
    reply = server.call("GET", "/metrics", KEYS[person, use])
    expect(reply, person, use, route, use in ("all", "watches"), 200)
    unseen(person, reply)


def health(person, use, route):
    reply = server.call("GET", "/health", KEYS[person, use])
    expect(reply, person, use, route, True, 200)
    unseen(person, reply)


TEXTS = ["What is the rebate of the kettle number {}?", "Kettle {} rebate"]
text = lambda: chance.choice(TEXTS).format(chance.randrange(4))
CASES = {
    "POST /v1/chat/completions": asks("/v1/chat/completions", lambda name: {"model": name, "max_tokens": 1, "messages": [{"role": "user", "content": text()}]}),
    "POST /v1/responses": asks("/v1/responses", lambda name: {"model": name, "max_output_tokens": 1, "input": text()}),
    "POST /v1/embeddings": embeds, "GET /v1/models": get_models, "GET /v1/models/<id>": one_model, "GET /metrics": metrics, "GET /health": health,
    "GET /v1/adapters": get_adapters, "GET /v1/adapters/<name>": one_adapter, "PUT /v1/adapters/<name>": put_adapter, "DELETE /v1/adapters/<name>": delete_adapter,
    "POST /v1/files": post_file, "GET /v1/files": get_files, "GET /v1/files/{id}": file_case("/v1/files/{id}", "GET"), "DELETE /v1/files/{id}": file_case("/v1/files/{id}", "DELETE"),
    "GET /v1/files/{id}/content": file_case("/v1/files/{id}/content", "GET"),
    "POST /v1/fine_tuning/jobs": post_job, "GET /v1/fine_tuning/jobs": get_jobs, "GET /v1/fine_tuning/jobs/{id}": job_case("/v1/fine_tuning/jobs/{id}", "GET", (200,)),
    "GET /v1/fine_tuning/jobs/{id}/events": job_case("/v1/fine_tuning/jobs/{id}/events", "GET", (200,)),
    "GET /v1/fine_tuning/jobs/{id}/checkpoints": job_case("/v1/fine_tuning/jobs/{id}/checkpoints", "GET", (200,)),
    **{f"POST /v1/fine_tuning/jobs/{{id}}/{verb}": job_case(f"/v1/fine_tuning/jobs/{{id}}/{verb}", "POST", (200, 400, 409)) for verb in ("cancel", "pause", "resume")},
    "POST /v1/batches": post_batch, "GET /v1/batches": get_batches, "GET /v1/batches/{id}": batch_case("/v1/batches/{id}", "GET"), "POST /v1/batches/{id}/cancel": batch_case("/v1/batches/{id}/cancel", "POST"),
}


def routes():
    """As the server's source lays them."""
    found = set()
    for name in ("Routes", "JobRoutes"):
        source = (SERVER / f"{name}.java").read_text()
        constants = dict(re.findall(r'String (\w+) =\s*"([^"]*)"', source))
        for verb, path in re.findall(r"\bto\.(get|post|put|delete|patch)\(\s*([^,]+),", source):
            words = [word.strip() for word in path.split("+")]
            found.add(verb.upper() + " " + "".join(word.strip('"') if word.startswith('"') else constants[word] for word in words))
    return found


# ---- Commands -----------------------------------------------------------------------------------------------------

def project():
    """A comparison whose training rows are for one tenant, so that its runs are."""
    folder = work / "desk"
    folder.mkdir()
    mark = things.mark("row", lambda person: "tenant:acme" in principals(person))
    rows = [{"text": f"{mark} the {thing} {what}", "label": label, "readers": ["tenant:acme"]} for thing in ("bell", "lamp", "rim", "fork", "rack")
            for what, label in (("squeals", "repair"), ("is loose", "repair"), ("was charged twice", "billing"), ("costs too much", "billing"))]
    for split, part in (("train", rows), ("validation", rows[::2]), ("test", rows[1::2])):
        common.write_lines(folder / f"{split}.jsonl", [row if split == "train" else {"text": f"{split} {row['text'].split(' ', 1)[1]}", "label": row["label"]} for row in part])
    (folder / "sartor.yaml").write_text("name: desk\napproaches: [tfidf]\ncosts: {volume_per_month: 1000}\ntasks:\n  - name: route\n    instruction: Say which team it is for.\n    labels: [billing, repair]\n    margin: 0.5\n    train: train.jsonl\n"
                                        "    validation: validation.jsonl\n    test: test.jsonl\n    value: {per_right: 1, per_wrong: 1}\n")
    common.sartor(a.sartor, "compare", "--project", folder)
    runs = json.loads(common.sartor(a.sartor, "runs", "list", "--project", folder, "--json").stdout)
    return folder, runs


def person_options(person):
    user, tenant, groups = PEOPLE[person]
    return ["--as", user, *(["--tenant", tenant] if tenant else []), *(["--groups", ",".join(groups)] if groups else [])]


def acting():
    """Commands that act for somebody, by the manual's pages."""
    common.sartor(a.sartor, "man", "--out", work / "man")
    pages = sorted((work / "man").rglob("sartor-*"))
    return {page.name.split(".")[0].removeprefix("sartor-") for page in pages if re.search(r"^\.B \\-\\-as USER", page.read_text(), re.M)}


def said(*words, stdin=""):
    done = subprocess.run([*common.launcher(a.sartor), *map(str, words)], capture_output=True, text=True, input=stdin, env=common.environment(), timeout=300)
    return Reply(done.returncode, done.stdout + done.stderr, {}, 0)


def commands(count):
    folder, runs = project()
    names = [each.get("name") or each.get("run") or each.get("id") for each in (runs if isinstance(runs, list) else runs.get("runs", []))]
    if not names or not all(names):
        sys.exit(f"no runs: {runs}")
    run = names[0]
    known = {
        "search": lambda person: said("search", SHELF, text(), "--json", *person_options(person)),
        "index-show": lambda person: said("index", "show", SHELF, chance.choice([mark for mark in things.known if mark.startswith("zqdoc")]) + ".md", *person_options(person)),
        "index-stats": lambda person: said("index", "stats", SHELF, "--json", *person_options(person)),
        "chat": lambda person: said("chat", "--model", a.model, "--index", SHELF, "--max-answer-tokens", 1, *person_options(person), stdin=text() + "\n"),
        "runs-list": lambda person: said("runs", "list", "--project", folder, "--json", *person_options(person)),
        "runs-show": lambda person: said("runs", "show", run, "--project", folder, *person_options(person)),
        "runs-compare": lambda person: said("runs", "compare", run, run, "--project", folder, *person_options(person)),
        "evaluate": lambda person: said("evaluate", run, "--project", folder, *person_options(person)),
        "plan": lambda person: said("plan", "--task", "route", "--project", folder, *person_options(person)),
        "worth": lambda person: said("worth", "--task", "route", "--project", folder, *person_options(person)),
        "judge-pair": lambda person: said("judge", "pair", run, run, "--project", folder, *person_options(person)),
        "audit-adapter": lambda person: said("audit-adapter", run, "--project", folder, *person_options(person)),
    }
    found = acting()
    for name in found ^ set(known):
        fault("command without a case" if name in found else "case without a command", name)
    for number in range(count):
        person, name = chance.choice(list(PEOPLE)), sorted(known)[number % len(known)]
        tries["sartor " + name.replace("-", " ", 1)] += 1
        reply = known[name](person)
        asked = " ".join(MARK.findall(reply.text)) if name == "index-show" else ""  # it repeats the name that was asked for
        if name == "index-show":
            shown = set(MARK.findall(reply.text))
            if reply.status == 0 and not all(things.may(mark, person) for mark in shown):
                fault("shown", person, name, reply.text[:300])
        unseen(person, reply, asked)
        if not name.startswith(("search", "index", "chat")):
            may = "tenant:acme" in principals(person)
            if not may and name in ("runs-list", "plan", "worth") and run in reply.text:
                fault("listed", person, name, reply.text[:300])
            if name in ("runs-show", "worth") and may != (reply.status == 0):
                fault("refused" if may else "shown", person, name, reply.status, reply.text[:300])
    return sorted(found), run


# ---- The run ------------------------------------------------------------------------------------------------------

def auc(pairs):
    points = sum(1.0 if theirs > invented else 0.5 if theirs == invented else 0.0 for theirs, invented in pairs)
    share = common.wilson(points, len(pairs))
    if not pairs:
        return {"pairs": 0}
    return {"pairs": len(pairs), "auc": share["share"], "interval": [share["low"], share["high"]]}


begun = time.monotonic()
laid = routes()
for route in laid ^ set(CASES):
    fault("route without a case" if route in laid else "case without a route", route)
if a.cases:
    world()
for number in range(a.cases):
    person, use, route = chance.choice(list(PEOPLE)), chance.choice(list(USES) + ["all", "all"]), chance.choice(sorted(CASES))
    tries[route] += 1
    CASES[route](person, use, route)
    if number % 1000 == 999:
        print(f"{number + 1} of {a.cases}, {sum(kinds.values())} faults, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
if server:
    server.process.terminate()
    server.process.wait(90)
acting_commands, run = commands(a.command_cases) if a.command_cases else ([], "")
every = [pair for pairs in times.values() for pair in pairs]
result = sitting.about() | {"seed": a.seed, "model": a.model, "cases": a.cases, "command_cases": a.command_cases, "routes": len(laid), "commands": acting_commands, "tried": dict(sorted(tries.items())),
                            "pairs_of_others_and_made_up": len(every), "faults": dict(kinds), "examples": faults[:20], "time": {"all": auc(every)} | {route: auc(pairs) for route, pairs in sorted(times.items())},
                            "seconds": round(time.monotonic() - begun)}
common.write(a.out, result)
print(json.dumps({key: result[key] for key in ("cases", "command_cases", "routes", "faults", "pairs_of_others_and_made_up", "seconds")}), json.dumps(result["time"]["all"]))
sys.exit(1 if kinds else 0)

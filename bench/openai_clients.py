"""Programs written for OpenAI's files, fine-tuning jobs and batches find their work at `sartor serve`, with the base URL changed and nothing else.

usage: openai_clients.py OUT_JSON [--only whole,java,kills,access] [--kills 3] [--model smollm2-135m-instruct] [--seed 1]

Parts, each with its figures in OUT_JSON (a part that is run again replaces its older figures):
  whole   the official Python client: files, a fine-tuning job with its events and checkpoints, a chat with the tuned model beside one with the base model, a
          preference job (dpo), a batch over both with one line that is wrong; the digest of the adapter of an undisturbed job is kept for the next part
  java    the official Java client: the program in examples/openai-java as it stands, with the server's address in the environment
  kills   the server is killed (kill -9) at moments drawn by chance while a job of the same rows and seed runs, and started again; the adapter must have the same bytes
  access  another tenant's, another user's and an anonymous caller's client: none may see, list, read, delete, cancel or ask anything of what the first has; and what a key that is
          taken back leaves of its batch
Needs the Python package openai, and Maven for the Java client. About five minutes.
"""
import argparse, hashlib, json, os, random, re, signal, subprocess, sys, tempfile, time
from pathlib import Path

import openai

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--only", default="whole,java,kills,access"), a.add_argument("--kills", type=int, default=3)
a.add_argument("--model", default="smollm2-135m-instruct"), a.add_argument("--seed", type=int, default=1), a.add_argument("--sartor", default=common.SARTOR)
a = a.parse_args()
sitting, chance, work = common.Sitting(a.sartor), random.Random(a.seed), Path(tempfile.mkdtemp(prefix="sartor-jobs-"))
STATE, FILES = work / "state.db", work / "files"
faults = []


def fault_unless(holds, *what):
    if not holds:
        faults.append(" ".join(map(str, what)))
        print("FAULT", faults[-1], flush=True)


def key(user, tenant=None, scopes="infer,embed,search,tune,metrics"):
    words = ["keys", "create", "--state", STATE, "--json", "--user", user, "--scopes", scopes, *(["--tenant", tenant] if tenant else [])]
    return common.sartor_json(a.sartor, *words)


class Server:
    def __init__(self):
        self.port = common.free_port()
        command = [*common.launcher(a.sartor), "serve", "--model", a.model, "--port", str(self.port), "--state", str(STATE), "--files", str(FILES)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(work / "server.log").open("a"), env=common.environment())
        deadline = time.monotonic() + 120
        while not self.lives():
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit("the server did not get ready:\n" + (work / "server.log").read_text()[-2000:])
            time.sleep(0.1)

    def lives(self):
        try:
            return self.client("-").models.list() is None
        except openai.AuthenticationError:
            return True
        except openai.APIConnectionError:
            return False

    def client(self, secret):
        return openai.OpenAI(api_key=secret, base_url=f"http://127.0.0.1:{self.port}/v1", max_retries=0)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(90)


def upload(client, name, rows, purpose):
    return client.files.create(file=(name, "".join(json.dumps(row) + "\n" for row in rows).encode()), purpose=purpose)


def rows():
    """Conversations with a house rule that no model knows: every answer ends in the same words."""
    things = ["bell", "brake", "chain", "saddle", "wheel", "lamp", "pedal", "fork", "rim", "spoke", "tyre", "rack"]
    return [{"messages": [{"role": "system", "content": "You are the bicycle desk."}, {"role": "user", "content": f"Where is the {thing}?"},
                          {"role": "assistant", "content": f"The {thing} is in drawer {i}. Ride well, says Velma."}]} for i, thing in enumerate(things)]


def preferences():
    return [{"input": {"messages": [{"role": "user", "content": f"Name a city, number {i}."}]},
             "preferred_output": [{"role": "assistant", "content": "Prague."}],
             "non_preferred_output": [{"role": "assistant", "content": "I would rather not say."}]} for i in range(12)]


def waited(client, job, seconds=400):
    until = time.monotonic() + seconds
    while True:
        found = client.fine_tuning.jobs.retrieve(job)
        if found.status in ("succeeded", "failed", "cancelled") or time.monotonic() > until:
            return found
        time.sleep(0.5)


def adapter_digest(job):
    file = next((FILES / "jobs" / job / "runs/adapters").glob("*/adapter_model.safetensors"))
    return hashlib.sha256(file.read_bytes()).hexdigest()


def ask(client, model, text="Where is the lamp?"):
    done = client.chat.completions.create(model=model, max_tokens=24, messages=[{"role": "system", "content": "You are the bicycle desk."}, {"role": "user", "content": text}])
    return done.choices[0].message.content


def tuned(client, **more):
    file = upload(client, "train.jsonl", rows(), "fine-tune")
    return client.fine_tuning.jobs.create(model=a.model, training_file=file.id, seed=7, method={"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 4, "batch_size": 4}}}, **more)


def whole():
    server, result = Server(), {}
    client = server.client(ANN["key"])
    created = tuned(client, suffix="desk", metadata={"for": "the desk"})
    fault_unless(created.status == "validating_files" and created.metadata == {"for": "the desk"}, "created as", created)
    begun = time.monotonic()
    done = waited(client, created.id)
    fault_unless(done.status == "succeeded" and done.fine_tuned_model.startswith(f"ft:{a.model}:acme:desk:"), "the job ended as", done)
    events = list(client.fine_tuning.jobs.list_events(created.id, limit=5))
    steps = [event.data["step"] for event in events if event.type == "metrics" and "Step" in event.message]
    fault_unless(steps == sorted(steps, reverse=True) and steps and steps[-1] == 1 and len(set(steps)) == len(steps), "events of the steps", steps)
    kept = client.fine_tuning.jobs.checkpoints.list(created.id).data
    fault_unless(len(kept) == 1 and kept[0].fine_tuned_model_checkpoint == done.fine_tuned_model, "checkpoints", kept)
    base, own = ask(client, a.model), ask(client, done.fine_tuned_model)
    fault_unless("Velma" in own and "Velma" not in base, "the models say", [base, own])
    fault_unless(done.fine_tuned_model in [model.id for model in client.models.list()], "the tuned model is not listed")
    result["supervised"] = {"seconds": round(time.monotonic() - begun, 1), "events": len(events), "steps": len(steps), "model": done.fine_tuned_model[:-8] + "…", "base_says": base,
                            "tuned_says": own, "adapter_sha256": adapter_digest(created.id)}
    result["dpo"] = dpo(client)
    result["refused"] = refused(client)
    result["batch"] = batch(client, done.fine_tuned_model)
    server.stop()
    return result


def java():
    """What the program prints: events, answers of both models, the batch."""
    example, jdk = common.ROOT / "examples/openai-java", (common.ROOT / "product/cli/target/sartor.aot.jdk").read_text().strip()
    classpath = work / "classpath"
    common.run("mvn", "-q", "-B", "-f", example, "dependency:build-classpath", f"-Dmdep.outputFile={classpath}", env=common.environment(JAVA_HOME=jdk))
    server, begun = Server(), time.monotonic()
    done = subprocess.run([jdk + "/bin/java", "-cp", classpath.read_text().strip(), example / "TuneAndAsk.java", a.model], capture_output=True, text=True, timeout=400,
                          env=common.environment(OPENAI_BASE_URL=f"http://127.0.0.1:{server.port}/v1", OPENAI_API_KEY=ANN["key"]))
    server.stop()
    lines = dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line and not line.startswith("event"))
    events = [line for line in done.stdout.splitlines() if line.startswith("event: ")]
    fault_unless(done.returncode == 0, "the program ended with", done.returncode, done.stderr[-500:])
    fault_unless("Velma" in lines.get("tuned says", "") and "Velma" not in lines.get("base says", "Velma"), "the models say", lines)
    fault_unless(lines.get("batch") == "4 answered, 4 lines", "the batch", lines.get("batch"))
    fault_unless(any("Step" in event for event in events), "no event of a step", events)
    version = re.search(r"<artifactId>openai-java</artifactId><version>([^<]+)", (example / "pom.xml").read_text()).group(1)
    return {"client": "openai-java " + version, "seconds_of_the_program": round(time.monotonic() - begun, 1), "events": len(events), "says": {key: lines.get(key) for key in ("tuned says", "base says", "batch")}}


def dpo(client):
    file = upload(client, "pairs.jsonl", preferences(), "fine-tune")
    job = client.fine_tuning.jobs.create(model=a.model, training_file=file.id,
                                         method={"type": "dpo", "dpo": {"hyperparameters": {"beta": 0.2, "n_epochs": 1, "learning_rate_multiplier": 0.2}}})
    done = waited(client, job.id)
    fault_unless(done.status == "succeeded" and done.method.type == "dpo", "the dpo job ended as", done)
    return {"status": done.status, "says": ask(client, done.fine_tuned_model, "Name a city.") if done.fine_tuned_model else ""}


def refused(client):
    """A job whose rows are wrong, and parameters that would be ignored."""
    wrong = rows()
    wrong[2]["messages"][2]["weight"] = 0
    wrong[4] = {"messages": wrong[4]["messages"], "tools": []}
    job = client.fine_tuning.jobs.create(model=a.model, training_file=upload(client, "wrong.jsonl", wrong, "fine-tune").id)
    done = waited(client, job.id, 60)
    fault_unless(done.status == "failed" and "line 3" in done.error.message and "line 5" in done.error.message, "a job of wrong rows ended as", done)
    try:
        client.fine_tuning.jobs.create(model=a.model, training_file=job.training_file, integrations=[{"type": "wandb", "wandb": {"project": "x"}}])
        fault_unless(False, "integrations were ignored")
    except openai.BadRequestError as e:
        fault_unless(e.param == "integrations", "integrations were refused as", e)
    return {"error": done.error.message}


def batch(client, model):
    lines = [{"custom_id": f"line-{i}", "method": "POST", "url": "/v1/chat/completions",
              "body": {"model": [a.model, model][i % 2], "max_tokens": 12, "messages": [{"role": "user", "content": f"Where is the bell? ({i})"}]}} for i in range(8)]
    lines[5]["body"]["model"] = "invented"
    made = client.batches.create(input_file_id=upload(client, "batch.jsonl", lines, "batch").id, endpoint="/v1/chat/completions", completion_window="24h")
    done = waited_batch(client, made.id)
    answers = [json.loads(line) for line in client.files.content(done.output_file_id).text.splitlines()]
    errors = [json.loads(line) for line in client.files.content(done.error_file_id).text.splitlines()]
    fault_unless(done.status == "completed" and done.request_counts.completed == 7 and done.request_counts.failed == 1, "the batch ended as", done)
    fault_unless(sorted(each["custom_id"] for each in answers) == sorted(f"line-{i}" for i in range(8) if i != 5), "answers", answers)
    fault_unless(errors[0]["custom_id"] == "line-5" and errors[0]["response"]["status_code"] == 404, "errors", errors)
    return {"completed": done.request_counts.completed, "failed": done.request_counts.failed, "seconds": done.completed_at - done.created_at}


def waited_batch(client, id, seconds=200):
    until = time.monotonic() + seconds
    while True:
        found = client.batches.retrieve(id)
        if found.status in ("completed", "failed", "cancelled", "expired") or time.monotonic() > until:
            return found
        time.sleep(0.3)


def kills():
    """The reference is a job of the same rows that nobody disturbs."""
    server = Server()
    reference = tuned(server.client(ANN["key"]))
    begun = time.monotonic()
    fault_unless(waited(server.client(ANN["key"]), reference.id).status == "succeeded", "the undisturbed job failed")
    seconds, digest, moments, same = time.monotonic() - begun, adapter_digest(reference.id), [], 0
    for _ in range(a.kills):
        job = tuned(server.client(ANN["key"]))
        moments.append(round(chance.uniform(0.1, 0.95) * seconds, 2))
        time.sleep(moments[-1])
        server.kill()
        server = Server()
        done = waited(server.client(ANN["key"]), job.id)
        events = [event.message for event in server.client(ANN["key"]).fine_tuning.jobs.list_events(job.id, limit=100)]
        steps = [message for message in events if message.startswith("Step")]
        fault_unless(done.status == "succeeded", "killed after", moments[-1], "s, the job ended as", done)
        fault_unless(len(steps) == len(set(steps)), "a step was told twice", steps)
        holds = done.status == "succeeded" and adapter_digest(job.id) == digest
        fault_unless(holds, "killed after", moments[-1], "s, the adapter differs")
        same += holds
        fault_unless("Velma" in ask(server.client(ANN["key"]), done.fine_tuned_model), "after a kill the model does not say it")
    server.stop()
    return {"kills": len(moments), "after_seconds": moments, "same_adapter": same, "undisturbed_seconds": round(seconds, 1), "adapter_sha256": digest}


def access():
    server = Server()
    mine, result = server.client(ANN["key"]), {"tried": 0, "same_404": 0}
    file = upload(mine, "secret.jsonl", rows(), "fine-tune")
    job = next(iter(mine.fine_tuning.jobs.list(limit=1)), None) or tuned(mine)
    model = next((each.fine_tuned_model for each in mine.fine_tuning.jobs.list() if each.fine_tuned_model), None)
    for other in (BOB, EVE):
        client = server.client(other["key"])
        for name, tries in {"file": [lambda i: client.files.retrieve(i), lambda i: client.files.content(i), lambda i: client.files.delete(i)],
                            "job": [lambda i: client.fine_tuning.jobs.retrieve(i), lambda i: list(client.fine_tuning.jobs.list_events(i)), lambda i: client.fine_tuning.jobs.cancel(i),
                                    lambda i: client.fine_tuning.jobs.pause(i), lambda i: list(client.fine_tuning.jobs.checkpoints.list(i))]}.items():
            real, invented = (file.id, "file-" + "A" * 24) if name == "file" else (job.id, "ftjob-" + "A" * 24)
            for each in tries:
                result["tried"] += 1
                said = [told(each, real), told(each, invented)]
                same = said[0][0] == said[1][0] == 404 and said[0][1].replace(real, "") == said[1][1].replace(invented, "")
                fault_unless(same, other["user"], name, said)
                result["same_404"] += same
        fault_unless(file.id not in [each.id for each in client.files.list()] and not list(client.fine_tuning.jobs.list()), "lists of", other["user"])
        if model:
            fault_unless(told(lambda i: ask(client, i), model)[0] == 404 and model not in [each.id for each in client.models.list()], "the tuned model of another for", other["user"])
    fault_unless(mine.files.retrieve(file.id).id == file.id, "the file is gone")
    result["revoked"] = revoked(server)
    server.stop()
    return result


def told(call, id):
    try:
        call(id)
        return 200, ""
    except openai.APIStatusError as e:
        return e.status_code, e.message


def revoked(server):
    """A key is taken back while its batch runs."""
    held = key("rita", "acme")
    client, colleague = server.client(held["key"]), server.client(ANN["key"])
    lines = [{"custom_id": f"{i}", "method": "POST", "url": "/v1/chat/completions", "body": {"model": a.model, "max_tokens": 40, "messages": [{"role": "user", "content": f"Tell a tale, {i}."}]}}
             for i in range(40)]
    made = client.batches.create(input_file_id=upload(client, "b.jsonl", lines, "batch").id, endpoint="/v1/chat/completions", completion_window="24h")
    while colleague.batches.retrieve(made.id).request_counts.completed < 2:
        time.sleep(0.1)
    common.sartor(a.sartor, "keys", "revoke", held["id"], "--state", STATE)
    done = waited_batch(colleague, made.id)
    fault_unless(done.status == "failed" and done.errors.data[0].code == "access_ended" and done.request_counts.completed < 40, "a revoked key's batch ended as", done)
    return {"status": done.status, "answered_before": done.request_counts.completed}


ANN, BOB, EVE = key("ann", "acme"), key("bob", "globex"), key("ann")
for each, name in ((ANN, "ann of acme"), (BOB, "bob of globex"), (EVE, "ann of no tenant")):
    each["user"] = name
result = common.read(a.out, {"parts": {}})
for part in a.only.split(","):
    begun, before = time.time(), len(faults)
    found = {"whole": whole, "java": java, "kills": kills, "access": access}[part]()
    result["parts"][part] = found | {"faults": faults[before:], "seconds": round(time.time() - begun)}
    print(part, json.dumps(result["parts"][part]), flush=True)
    common.write(a.out, result | sitting.about() | {"seed": a.seed, "model": a.model, "client": "openai " + openai.__version__})
print("faults:", len(faults))
sys.exit(1 if faults else 0)

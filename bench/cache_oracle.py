"""Does the cache of prompts tell one caller what another has asked? An attacker guesses a text that a victim sent, and looks at `cached_tokens` and at the time to the first token.

usage: cache_oracle.py OUT_JSON [--trials 2000] [--model smollm2-135m-instruct] [--only kept_apart,shared] [--seed 1] [--sartor PROGRAM]

In each trial the victim, of one tenant, sends a text that nobody ever sent: a letter with a name, a sum and a date drawn by chance. The attacker, of another tenant, then sends that text and one that
differs in its first words, in an order drawn by chance. AUC is the probability that the attacker tells the two apart by the count, or by the time; its interval is that of paired differences
(the sign of each trial: Wilson, 95 %). Two servers:
  kept_apart  Sartor as it is
  shared      the same with one line changed, compiled aside: cached prefixes are everyone's
Some quarter of an hour for each server with 2,000 trials on two slow cores; whatever else runs makes times noisier.
"""
import argparse, http.client, json, os, random, shutil, subprocess, sys, tempfile, time
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--trials", type=int, default=2000), a.add_argument("--model", default="smollm2-135m-instruct")
a.add_argument("--only", default="kept_apart,shared"), a.add_argument("--seed", type=int, default=1), a.add_argument("--sartor", default=common.SARTOR)
a = a.parse_args()
sitting, work = common.Sitting(a.sartor), Path(tempfile.mkdtemp(prefix="sartor-oracle-"))
NAMES = "Amara Bjorn Chidi Dolores Emeka Fatima Goran Hanna Ivo Jamila Kwame Leila Miro Nadia Otto Priya Quentin Rosa Stefan Tariq Uma Viktor Wanda Xavier Yara Zoltan".split()
THINGS = "harbour bakery quarry vineyard foundry nursery brewery library tannery sawmill orchard theatre".split()
SCOPE = common.ROOT / "engine/generate/src/main/java/dev/sartor/generate/schedule/CacheScope.java"
OWN, EVERYONES = "return new CacheScope(open, asker);", "return everyone();"


def letter(chance):
    """Some hundred tokens, of which the first few are drawn."""
    return (f"{chance.choice(NAMES)} {chance.choice(NAMES)} pays {chance.randrange(10_000, 99_999)} euros for the {chance.choice(THINGS)} on the {chance.randrange(1, 29)}th. "
            "Keep this between us until the board has met, as neither the bank nor the neighbours know of the sale. The lawyer has seen the contract and asks for two changes: the "
            "date of the payment, and who takes over the people who work there now. Write to me when you have talked to both of them, and do not use the telephone for this.")


def command(shared):
    if not shared:
        return common.launcher(a.sartor)
    source = work / "CacheScope.java"
    text = SCOPE.read_text()
    assert text.count(OWN) == 1, "the line that keeps callers apart is not where it was"
    source.write_text(text.replace(OWN, EVERYONES))
    return [word for word in common.test_program(source, "dev.sartor.cli.Main", work) if word != "-XX:TieredStopAtLevel=1"]


class Asker:
    def __init__(self, port, key):
        self.connection, self.key = http.client.HTTPConnection("127.0.0.1", port, timeout=120), key

    def ask(self, text):
        """Cached tokens, and seconds to the answer of one token."""
        body = json.dumps({"model": a.model, "max_tokens": 1, "messages": [{"role": "user", "content": text}]})
        start = time.perf_counter()
        self.connection.request("POST", "/v1/chat/completions", body, {"Authorization": "Bearer " + self.key, "Content-Type": "application/json"})
        reply = self.connection.getresponse()
        said = json.loads(reply.read())
        seconds = time.perf_counter() - start
        if reply.status != 200:
            sys.exit(f"{reply.status}: {said}")
        return said["usage"]["prompt_tokens_details"]["cached_tokens"], seconds


def key(state, user, tenant):
    made = common.sartor(a.sartor, "keys", "create", "--state", state, "--user", user, "--tenant", tenant, "--json")
    return common.found_json(made.stdout)["key"]


def auc(pairs):
    """Of pairs (right guess, wrong guess), larger meaning `asked before`; half a point for equal ones."""
    points = sum(1.0 if right > wrong else 0.5 if right == wrong else 0.0 for right, wrong in pairs)
    share = common.wilson(points, len(pairs))
    return {"auc": share["share"], "interval": [share["low"], share["high"]], "equal": sum(right == wrong for right, wrong in pairs)}


def measured(name):
    chance, state, port = random.Random(a.seed), str(work / (name + ".db")), common.free_port()
    victim, attacker = key(state, "victim", "acme"), key(state, "attacker", "globex")
    log = (work / (name + ".log")).open("w")
    process = subprocess.Popen([*command(name == "shared"), "serve", "--model", a.model, "--port", str(port), "--state", state], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=common.environment())
    try:
        deadline = time.monotonic() + 180
        while True:
            try:
                probe = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                probe.request("GET", "/health")
                if probe.getresponse().status == 200:
                    break
            except OSError:
                pass
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit("the server did not get ready: " + Path(log.name).read_text()[-1000:])
            time.sleep(0.1)
        owner, guesser = Asker(port, victim), Asker(port, attacker)
        for _ in range(20):
            owner.ask(letter(chance)), guesser.ask(letter(chance))  # warm
        counts, times = [], []
        for number in range(a.trials):
            secret, other = letter(chance), letter(chance)
            owner.ask(secret)
            guesses = [secret, other]
            chance.shuffle(guesses)
            seen = {guess: guesser.ask(guess) for guess in guesses}
            counts.append((seen[secret][0], seen[other][0]))
            times.append((-seen[secret][1], -seen[other][1]))
            if number % 100 == 99:
                print(f"{name}: {number + 1} of {a.trials}", file=sys.stderr, flush=True)
        return {"trials": a.trials, "model": a.model, "cached_tokens": auc(counts), "time": auc(times),
                "most_cached": {"asked": max(right for right, _ in counts), "not_asked": max(wrong for _, wrong in counts)}}
    finally:
        process.terminate()
        process.wait(60)


result = json.loads(a.out.read_text()) if a.out.exists() else {}
for name in a.only.split(","):
    result[name] = sitting.about() | measured(name)
    common.write(a.out, result)
    print(name, json.dumps(result[name]), flush=True)
shutil.rmtree(work, ignore_errors=True)

"""Kills a tiny training in every way and starts it again each time: it must always end in the bytes of one that was never disturbed.

usage: kill_training.py OUT_JSON [--only PART,…] [--moments 50] [--seed 1] [--java JAVA] [--classpath CLASSPATH]

Parts, each with its counts in OUT_JSON (a part that is run again replaces its older figures):
  moments     kill -9 at random moments, an adapter and a whole network
  failpoints  the process ends before and after each write, flush, renaming, flush of the folder, and removal
  damage      a bit flipped in the newest checkpoint, or its end cut off
  full        a disk that is full at every such place (failpoints), and a real one of growing size (Linux, as root)
  two         a second process on the same folder
  interrupt   Ctrl-C
Sartor is built by the script `sartor` beside this folder; with --java and --classpath others are used. About 15 minutes.
"""
import argparse, json, os, random, shutil, signal, subprocess, sys, tempfile, time
from pathlib import Path

import common

ROOT = common.ROOT
MODEL = ROOT / "engine/model/src/test/resources/reference/llama"
SOURCE = ROOT / "product/cli/src/test/java/dev/sartor/cli/console/KilledTraining.java"
WRITES = ["file.begun", "file.made", "file.written", "file.flushed", "file.renamed", "file.kept"]
BETWEEN = ["tune.best-kept", "tune.checkpoint-kept", "tune.pruned", "tune.removed", "tune.result-begun", "tune.result-kept", "tune.recorded"]
STEPS = 24

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--only", default="moments,failpoints,damage,full,two,interrupt")
a.add_argument("--moments", type=int, default=50), a.add_argument("--seed", type=int, default=1)
a.add_argument("--java"), a.add_argument("--classpath")
a = a.parse_args()
chance, work = random.Random(a.seed), Path(tempfile.mkdtemp())


def command():
    return [*common.test_program(SOURCE, "dev.sartor.cli.console.KilledTraining", work, a.java, a.classpath), str(MODEL)]


class Trainer:
    """A process that trains in one folder after the other, started anew where it was killed."""
    starts = 0

    def __init__(self, method="lora"):
        self.method, self.process = method, None

    def begin(self, folder, failpoint=""):
        if self.process is None:
            Trainer.starts += 1
            self.errors = open(work / f"errors-{Trainer.starts}", "w+")
            self.process = subprocess.Popen(COMMAND + [self.method], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True,
                                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # ignored where this runs in the background
            line = self.process.stdout.readline().strip()
            assert line == "ready", (line, Path(self.errors.name).read_text())
        self.process.stdin.write(f"{folder}\t{failpoint}\n" if failpoint else f"{folder}\n")
        self.process.stdin.flush()

    def end(self):
        """What it answered; None where the process died."""
        line = self.process.stdout.readline()
        if line:
            return json.loads(line)
        self.process.wait()
        self.code, self.process = self.process.returncode, None
        assert self.code != 1, self.remarks()
        return None

    def train(self, folder, failpoint=""):
        self.begin(folder, failpoint)
        return self.end()

    def kill(self, how=signal.SIGKILL):
        self.process.send_signal(how)

    def remarks(self):
        return Path(self.errors.name).read_text()

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process = None


faults = []


def fault_unless(holds, *what):
    if not holds:
        faults.append(" ".join(str(w) for w in what))
        print("FAULT", faults[-1], flush=True)


def fresh():
    fresh.count = getattr(fresh, "count", 0) + 1
    return work / f"run-{fresh.count}"


def same(answer, reference, *what):
    """The result is that of the undisturbed training, and nothing else is left."""
    fault_unless(answer is not None and answer.get("sha256") == reference["sha256"], *what, "ended in", answer)
    if answer is not None and "left" in answer:
        fault_unless(answer["left"] == reference["left"], *what, "left", answer["left"])


def undisturbed(trainer):
    """Twice, and how long it takes a process that has just started, as one does after each kill."""
    begun = time.time()
    first = trainer.train(fresh())
    seconds = round(time.time() - begun, 3)
    second = trainer.train(fresh())
    fault_unless("sha256" in first and first["sha256"] == second.get("sha256"), "two undisturbed trainings differ", first, second)
    return second | {"seconds": seconds}


def moments(method, kills):
    """Random moments over the training's duration, counted from where it begins or goes on."""
    trainer, done, halves, folders, resumed = Trainer(method), 0, 0, 0, 0
    reference = undisturbed(trainer)
    while done < kills:
        folder, ended = fresh(), None
        folders += 1
        while ended is None:
            trainer.begin(folder)
            dying = done < kills
            if dying:
                time.sleep(chance.uniform(0, reference["seconds"]))
                trainer.kill()
            ended = trainer.end()
            if ended is None:
                done += 1
                halves += any(folder.rglob(".*.part"))
                continue
            resumed += any("going on from step" in line for line in ended["said"])
            if dying:
                trainer.end()  # the signal came after the answer
        same(ended, reference, method, "killed at random moments")
        shutil.rmtree(folder)
    trainer.close()
    return {"kills": done, "trainings": folders, "ended_after_going_on_from_a_checkpoint": resumed, "kills_that_left_a_half_written_file": halves,
            "undisturbed_seconds": reference["seconds"], "sha256": reference["sha256"]}


def strike(trainer, reference, place, count):
    """Whether the place was reached so often."""
    folder = fresh()
    ended = trainer.train(folder, f"{place}:{count}")
    if ended is not None:
        same(ended, reference, place, "was not reached and the training")
        return False
    fault_unless(trainer.code == 137, place, count, "ended with exit code", trainer.code)
    same(trainer.train(folder), reference, trainer.method, place, count)
    shutil.rmtree(folder)
    return True


def failpoints(method, every):
    trainer, reached = Trainer(method), {}
    reference = undisturbed(trainer)
    for place in WRITES[1:] + BETWEEN:
        count = 1
        while strike(trainer, reference, place, count):
            reached[place] = count
            count += 1
            if not every:
                break
        fault_unless(place in reached, place, "was never reached")
        print(method, place, reached.get(place), flush=True)
    trainer.close()
    return {"kills": sum(reached.values()), "at": reached}


def damage():
    """A training that died with two checkpoints; each time a copy is damaged."""
    trainer, template = Trainer(), fresh()
    reference = undisturbed(trainer)
    assert trainer.train(template, "tune.pruned:6") is None
    newest, before = sorted((template / "checkpoints").glob("step-*"))[:-3:-1]
    whole, step = newest.read_bytes(), int(before.stem.split("-")[1])
    header = 8 + int.from_bytes(whole[:8], "little")
    bits = [chance.randrange(8 * header) for _ in range(20)] + [chance.randrange(8 * header, 8 * len(whole)) for _ in range(20)]
    cuts = [0, 7, header - 1, header, len(whole) - 1] + [chance.randrange(len(whole)) for _ in range(15)]
    examples = {}
    for what, bytes_ in [(f"bit {b}", flipped(whole, b)) for b in bits] + [(f"cut at {c}", whole[:c]) for c in cuts]:
        folder = fresh()
        shutil.copytree(template, folder)
        (folder / "checkpoints" / newest.name).write_bytes(bytes_)
        ended = trainer.train(folder)
        same(ended, reference, newest.name, what)
        said = "\n".join(ended["said"])
        fault_unless(f"{newest.name} is damaged (" in said and f"the checkpoint before it is taken.\ngoing on from step {step} of {STEPS}" in said, what, "said", said)
        examples[what.split()[0]] = [line.replace(str(folder), "RUN") for line in ended["said"][:2]]
        shutil.rmtree(folder)
    trainer.close()
    return {"bits_flipped": len(bits), "cut": len(cuts), "newest": newest.name, "taken": before.name, "bytes": len(whole), "of_which_header": header,
            "said": examples}


def flipped(content, bit):
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def full():
    trainer, struck = Trainer(), {}
    reference = undisturbed(trainer)
    for place in WRITES:
        count = 1
        while True:
            folder = fresh()
            ended = trainer.train(folder, f"{place}:{count}:full")
            if "error" not in ended:
                break
            refused(ended, folder, place, count)
            same(trainer.train(folder), reference, "full", place, count)
            shutil.rmtree(folder)
            struck[place] = count
            count += 1
    result = {"at": struck, "times": sum(struck.values())} | real(trainer, reference)
    trainer.close()
    return result


def refused(ended, folder, *what):
    text = ended["error"]
    fault_unless(ended["exit"] == 3 and text.startswith(f"cannot write {folder}/") and "No space left on device" in text and "MiB are free there" in text, *what, "said", text)


def real(trainer, reference):
    """A disk in memory, from too small for anything to large enough; when it was full it is made larger."""
    mount, full_at, example = work / "disk", {}, ""
    mount.mkdir()
    for kib in list(range(4, 100, 12)) + list(range(100, 2000, 50)):
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", mount], stderr=subprocess.DEVNULL).returncode:
            return {"real_disk": "could not be mounted here"}
        try:
            folder = mount / "run"
            ended = trainer.train(folder)
            if "error" not in ended:
                same(ended, reference, kib, "KiB")
                return {"real_disk": {"full_at": full_at, "times": sum(full_at.values()), "large_enough_kib": kib, "said": example}}
            refused(ended, folder, kib, "KiB")
            example = ended["error"].replace(str(work), "/tmp")
            name = ended["error"].split(":")[0].rsplit("/", 1)[1]
            full_at[name] = full_at.get(name, 0) + 1
            halves = list(folder.rglob(".*.part"))
            fault_unless(not halves, kib, "KiB left", halves)
            subprocess.run(["mount", "-o", "remount,size=16m", mount], check=True)
            same(trainer.train(folder), reference, kib, "KiB and then more")
        finally:
            subprocess.run(["umount", mount], check=True)
    fault_unless(False, "no disk was large enough")
    return {}


def two():
    """The first process is halted in the midst of its training, and goes on when the second was refused."""
    first, second = Trainer(), Trainer()
    reference, tries, said = undisturbed(first), 0, ""
    second.train(fresh())
    while tries < 5:
        folder = fresh()
        first.begin(folder)
        while not list(folder.glob("checkpoints/step-*")):
            time.sleep(0.001)
        first.kill(signal.SIGSTOP)
        ended = second.train(folder)
        first.kill(signal.SIGCONT)
        said = ended.get("error", str(ended)).replace(str(work), "/tmp")
        fault_unless(ended.get("exit") == 2 and str(folder) in ended["error"] and "is being written by another training" in ended["error"], "two said", said)
        same(first.end(), reference, "the first of two")
        same(second.train(folder), reference, "the second, later,")
        tries += 1
    first.close(), second.close()
    return {"tries": tries, "said": said}


def interrupt():
    trainer, stops, said = Trainer(), [], ""
    reference = undisturbed(trainer)
    while len(stops) < 8:
        folder = fresh()
        trainer.begin(folder)
        time.sleep(chance.uniform(0, 0.8 * reference["seconds"]))
        trainer.kill(signal.SIGINT)
        ended = trainer.end()
        if ended is not None:
            trainer.close()
            continue
        remarks = trainer.remarks()
        said = next((line for line in remarks.splitlines() if line.startswith("Stopped after step")), "")
        fault_unless(trainer.code == 130 and said and f"the checkpoint is in {folder}/checkpoints" in remarks, "Ctrl-C:", trainer.code, remarks)
        step = int(said.split()[3])
        fault_unless((folder / f"checkpoints/step-{step:08}.safetensors").exists(), "no checkpoint of step", step)
        ended = trainer.train(folder)
        same(ended, reference, "Ctrl-C after step", step)
        fault_unless(any(f"going on from step {step} of {STEPS}" in line for line in ended["said"]), "Ctrl-C: said", ended["said"])
        stops.append(step)
    trainer.close()
    return {"stopped_after_steps": stops, "said": said.replace(str(work), "/tmp")}


PARTS = {
    "moments": lambda: {"lora": moments("lora", a.moments), "full": moments("full", max(1, a.moments // 5))},
    "failpoints": lambda: {"lora": failpoints("lora", True), "full": failpoints("full", False)},
    "damage": damage, "full": full, "two": two, "interrupt": interrupt,
}
COMMAND = command()
sitting = common.Sitting()
result = common.read(a.out, {"parts": {}})
try:
    for part in a.only.split(","):
        begun, before = time.time(), len(faults)
        found = PARTS[part]()
        result["parts"][part] = found | {"faults": faults[before:], "seconds": round(time.time() - begun)}
        print(part, json.dumps(result["parts"][part]), flush=True)
finally:
    shutil.rmtree(work, ignore_errors=True)
result |= sitting.about() | {"seed": a.seed, "steps": STEPS, "model": "engine/model/src/test/resources/reference/llama", "faults": sum(len(part["faults"]) for part in result["parts"].values())}
common.write(a.out, result)
print("faults:", result["faults"])
sys.exit(1 if result["faults"] else 0)

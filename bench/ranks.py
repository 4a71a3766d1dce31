"""Trainings by several ranks: equal to one process, stopped and gone on with, killed, and how fast, each rank on a core of its own.

usage: ranks.py OUT_JSON [--only PART,…] [--kills 30] [--rounds 3] [--java JAVA] [--classpath CLASSPATH]

Parts, each with its figures in OUT_JSON (a part that is run again replaces its older figures):
  equal    a tiny model, fp32, 104 steps: two and four ranks beside one process; the largest difference of a loss and of a value of the adapter
  resume   stopped after 20, 47 and 80 steps and gone on with 2, 1, 4 and 2 ranks, beside one process that was never stopped
  kills    a rank drawn by chance is killed (kill -9) at a moment drawn by chance, once all take steps, and the training started again until it ends: its
           adapter is within 1e-5 of one that was never killed; how long the other ranks took to end (seconds). For a rank that is killed before it
           joined the others wait --join-timeout
  speed    SmolLM2-135M, LoRA on all linear layers, by `sartor tune`: tokens a second of one process on one core, and of two ranks in two network namespaces with
           one core each (Linux, as root), beside the sum of two processes at once that know nothing of each other, one core each: what the machine has to give;
           rounds alternate. `continue`: --batch texts of 120 words a step, from the sample's documents. `route`: the sample's task, whose
           rows share a long beginning, which a process computes once a step and each rank once more
Sartor is built by the script `sartor` beside this folder; with --java and --classpath others are used. About 25 minutes.
"""
import argparse, json, os, random, shutil, socket, statistics, subprocess, sys, tempfile, time
from pathlib import Path

import common

ROOT = common.ROOT
MODEL = ROOT / "engine/model/src/test/resources/reference/llama"
SOURCE = ROOT / "engine/tune/src/test/java/dev/sartor/tune/rank/RankedTraining.java"
SAMPLE = ROOT / "samples/helpdesk"
CLOSE = 1e-5

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--only", default="equal,resume,kills,speed")
a.add_argument("--kills", type=int, default=30), a.add_argument("--rounds", type=int, default=3), a.add_argument("--seed", type=int, default=1)
a.add_argument("--tasks", default="continue,route", help="of the part speed")
a.add_argument("--batch", type=int, default=16, help="of the part speed: texts a step")
a.add_argument("--java"), a.add_argument("--classpath")
a = a.parse_args()
chance, work = random.Random(a.seed), Path(tempfile.mkdtemp())


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start(folder, ranks, stop_at=0, epochs=13, patience=60.0):
    """All ranks of one training; the first is rank 0."""
    plan = {"model": str(MODEL), "folder": str(folder), "ranks": ranks, "port": free_port(), "token": "0123456789abcdef", "epochs": epochs,
            "learningRate": 1e-3, "full": False, "eightBit": False, "stopAt": stop_at, "patience": patience}
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    return [subprocess.Popen([*COMMAND, json.dumps(plan | {"rank": rank})], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
            for rank in range(ranks)]


def answer(process):
    said = process.communicate(timeout=120)[0]
    return next((json.loads(line) for line in said.splitlines() if line.startswith("{")), {"error": "nothing"})


def run(folder, ranks, stop_at=0, epochs=13):
    processes = start(folder, ranks, stop_at, epochs)
    said = [answer(each) for each in processes]
    return said[0]


def values(folder):
    """Of the adapter, which is all F32: the file's bytes after its header."""
    import array
    data = (folder / "adapter_model.safetensors").read_bytes()
    header = int.from_bytes(data[:8], "little")
    found = json.loads(data[8:8 + header])
    assert all(tensor["dtype"] == "F32" for name, tensor in found.items() if name != "__metadata__")
    return array.array("f", data[8 + header:])


def apart(one, other):
    first, second = values(one), values(other)
    assert len(first) == len(second) > 0
    return max(abs(x - y) for x, y in zip(first, second))


def equal():
    alone = run(work / "one", 1)
    result = {"steps": len(alone["losses"]), "ranks": {}}
    for ranks in (2, 4):
        found = run(work / f"of{ranks}", ranks)
        result["ranks"][ranks] = {"loss": max(abs(x - y) for x, y in zip(found["losses"], alone["losses"], strict=True)),
                                  "adapter": apart(work / f"of{ranks}", work / "one")}
    result["met"] = all(each["loss"] <= CLOSE and each["adapter"] <= CLOSE for each in result["ranks"].values())
    return result


def resume():
    whole, parts = work / "whole", work / "parts"
    run(whole, 1)
    for ranks, step in ((2, 20), (1, 47), (4, 80)):
        said = run(parts, ranks, step)
        assert said["kind"] == "STOPPED" and f"after step {step} of 104" in said["error"], said
    said = run(parts, 2)
    result = {"ranks": [2, 1, 4, 2], "stops": [20, 47, 80], "steps": len(said["losses"]), "adapter": apart(parts, whole)}
    return result | {"met": result["adapter"] <= CLOSE}


def begun(folder, processes):
    """Waits until a training's first checkpoint of this start lies there; whether its rank 0 still runs."""
    checkpoints = folder / "checkpoints"
    before = set(checkpoints.glob("step-*")) if checkpoints.is_dir() else set()
    while processes[0].poll() is None:
        if checkpoints.is_dir() and set(checkpoints.glob("step-*")) - before:
            return True
        time.sleep(.01)
    return False


def kills():
    whole, folder = work / "never-killed", work / "killed"
    run(whole, 1)
    processes = start(work / "timed", 2)
    begun(work / "timed", processes)
    at = time.monotonic()
    [answer(each) for each in processes]
    lasts = time.monotonic() - at
    ended, finished, differences, hung, done = [], 0, [], 0, 0
    while done < a.kills:
        ranks = chance.choice([2, 3])
        processes = start(folder, ranks, patience=20.0)
        goes_on = begun(folder, processes)
        time.sleep(chance.random() * lasts / 2)
        if not goes_on or processes[0].poll() is not None:
            said = [answer(each) for each in processes]
            assert not said[0].get("error"), said
            finished += 1
            differences.append(apart(folder, whole))
            shutil.rmtree(folder)
            continue
        processes[chance.randrange(ranks)].kill()
        killed = time.monotonic()
        done += 1
        for each in processes:
            try:
                each.communicate(timeout=max(.1, killed + 30 - time.monotonic()))
            except subprocess.TimeoutExpired:
                hung += 1
                each.kill()
        ended.append(time.monotonic() - killed)
    said = run(folder, 2)
    differences.append(apart(folder, whole))
    result = {"kills": done, "finished": finished + 1, "seconds_to_end": {"median": statistics.median(ended), "most": max(ended)}, "hung_over_30_s": hung,
              "adapter": max(differences), "error": said.get("error")}
    return result | {"met": hung == 0 and result["adapter"] <= CLOSE and not said.get("error")}


def tokens_a_second(folder):
    """Of `sartor tune`: from the second step on, as its log tells the steps' ends."""
    lines = [json.loads(line) for line in next((folder / "runs/adapters").iterdir()).joinpath("training.jsonl").read_text().splitlines()]
    steps = [line for line in lines if "tokens_per_second" in line]
    return statistics.median(line["tokens_per_second"] for line in steps[2:])


def words_of_the_sample():
    """Texts of 120 words, every 10 words of each page."""
    for page in sorted((SAMPLE / "documents").rglob("*.md")):
        words = page.read_text().split()
        for begin in range(0, len(words) - 120, 10):
            yield " ".join(words[begin:begin + 60]), " ".join(words[begin + 60:begin + 120])


def speed():
    project = work / "project"
    shutil.copytree(SAMPLE, project)
    settings = project / "sartor.yaml"
    settings.write_text(settings.read_text().replace("epochs: 4", "epochs: 1").replace("batch: 16", f"batch: {a.batch}").replace("\ncosts:", """
  - name: continue
    instruction: Go on with the text.
    metric: token_f1
    max_answer_tokens: 8
    train: continue/train.jsonl
    validation: continue/validation.jsonl
    test: continue/test.jsonl

costs:"""))
    texts = list(words_of_the_sample())
    (project / "continue").mkdir()
    for part, begin, end in ("train", 0, 160), ("validation", 160, 164), ("test", 164, 168):
        rows = [{"id": str(number), "question": texts[number][0], "answers": {"text": [texts[number][1]]}} for number in range(begin, end)]
        (project / f"continue/{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    spaces = ["sartor-rank-0", "sartor-rank-1"]

    def ip(*words):
        subprocess.run(["ip", *words], check=True)

    for name in spaces:
        subprocess.run(["ip", "netns", "del", name], stderr=subprocess.DEVNULL)
        ip("netns", "add", name)
    ip("link", "add", "rank0", "netns", spaces[0], "type", "veth", "peer", "name", "rank1", "netns", spaces[1])
    for number, name in enumerate(spaces):
        ip("-n", name, "addr", "add", f"10.77.0.{number + 1}/24", "dev", f"rank{number}")
        ip("-n", name, "link", "set", f"rank{number}", "up")
        ip("-n", name, "link", "set", "lo", "up")
    environment = os.environ | {"SARTOR_RANK_TOKEN": "0123456789abcdef"}

    def tuned(task, options):
        """The tokens a second of one training, by one process for each entry of options."""
        shutil.rmtree(project / "runs", ignore_errors=True)
        return ended(project, [begun(project, task, *each) for each in options])

    def begun(folder, task, before, words):
        return subprocess.Popen([*before, ROOT / "sartor", "tune", task, "--project", folder, *words], env=environment,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def ended(folder, processes):
        for process in processes:
            errors = process.communicate()[1]
            assert process.returncode == 0, errors
        return tokens_a_second(folder)

    def strangers(task):
        """The same of two trainings at once that have nothing to do with each other."""
        folders = [project, work / "another"]
        shutil.rmtree(project / "runs", ignore_errors=True), shutil.rmtree(folders[1], ignore_errors=True)
        shutil.copytree(project, folders[1])
        processes = [begun(folder, task, ["taskset", "-c", str(core)], ["--threads", "1"]) for core, folder in enumerate(folders)]
        return sum(ended(folder, [process]) for folder, process in zip(folders, processes))

    together = ["--ranks", "2", "--rendezvous", "10.77.0.1:29500", "--threads", "1"]
    tasks = {}
    try:
        for task in a.tasks.split(","):
            one, two, two_strangers = [], [], []
            for _ in range(a.rounds):
                one.append(tuned(task, [(["taskset", "-c", "0"], ["--threads", "1"])]))
                two.append(tuned(task, [(["ip", "netns", "exec", name, "taskset", "-c", str(rank)], [*together, "--rank", str(rank)])
                                        for rank, name in enumerate(spaces)]))
                two_strangers.append(strangers(task))
            tasks[task] = {"tokens_per_second": {"one_core": one, "two_ranks": two, "two_strangers": two_strangers},
                           "ratio": statistics.median(y / x for x, y in zip(one, two)),
                           "strangers_ratio": statistics.median(y / x for x, y in zip(one, two_strangers))}
    finally:
        for name in spaces:
            subprocess.run(["ip", "netns", "del", name])
    return {"batch": a.batch, "tasks": tasks, "met": all(each["ratio"] >= 1.8 for each in tasks.values())}


COMMAND = common.test_program(SOURCE, "dev.sartor.tune.rank.RankedTraining", work, a.java, a.classpath)
result = json.loads(a.out.read_text()) if a.out.exists() else {}
for part in a.only.split(","):
    sitting = common.Sitting(ROOT / "sartor")
    result[part] = {"equal": equal, "resume": resume, "kills": kills, "speed": speed}[part]()
    result[part] |= sitting.about()
    common.write(a.out, result)
    print(part, json.dumps({key: value for key, value in result[part].items() if key not in ("machine", "others")}), flush=True)
shutil.rmtree(work, ignore_errors=True)
sys.exit(0 if all(part["met"] for part in result.values()) else 1)

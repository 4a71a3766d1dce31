"""The peak of trainings' memory against what the planner predicted before their start.

usage: memory.py SARTOR DATA OUT_JSON [--only NAME,…] [--t5 FOLDER] [--gpt2 FOLDER] [--keep FOLDER] [--doc FILE]
  SARTOR   the launcher, such as ./sartor: its JVM options are a part of what is measured
  DATA     a folder with banking77/ (train.csv, test.csv)
  --t5, --gpt2   models of these kinds, such as the tiny ones under engine/generate/src/test/resources/reference; left out, so are their settings
  --keep   where projects and logs stay; else they are removed
  --doc    a Markdown file in which the table between <!-- memory --> and <!-- /memory --> is written anew; nothing is measured with it

Each setting is one project on Banking77 rows and one process of `sartor tune`, whose peak (VmHWM) is read from /proc until it ends. What was
predicted is what `tune` itself writes into memory.json beside the training. Peaks do not depend on speed, so that other programs may run.
Results of other settings stay in OUT_JSON.
"""
import argparse, csv, glob, json, os, random, shutil, subprocess, sys, tempfile, time

import common

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("data"), a.add_argument("out")
a.add_argument("--only"), a.add_argument("--t5"), a.add_argument("--gpt2"), a.add_argument("--keep"), a.add_argument("--doc")
a = a.parse_args()
SMOL, MINI, GEMMA = "smollm2-135m-instruct", "all-minilm-l6-v2", "gemma-3-270m"

# name: model, tune settings, messages joined in each row, rows, what is learned
SETTINGS = {
    "lora-4-short": (SMOL, "batch: 4", 1, 16, "task"),
    "lora-16-short": (SMOL, "batch: 16", 1, 48, "task"),
    "lora-32-short": (SMOL, "batch: 32", 1, 64, "task"),
    "lora-4-long": (SMOL, "batch: 4", 24, 8, "task"),
    "lora-16-middle": (SMOL, "batch: 16", 8, 32, "task"),
    "lora-16-middle-recompute": (SMOL, "batch: 16, gradient_checkpointing: true", 8, 32, "task"),
    "lora-16-middle-parts": (SMOL, "batch: 16, micro_batch_tokens: 1024", 8, 32, "task"),
    "dora-8-short": (SMOL, "batch: 8, dora: true", 1, 24, "task"),
    "qlora-int8-16-short": (SMOL, "batch: 16, weights: int8", 1, 48, "task"),
    "qlora-int4-16-short": (SMOL, "batch: 16, weights: int4", 1, 48, "task"),
    "full-8-short": (SMOL, "batch: 8, method: full", 1, 24, "task"),
    "full-f32-4-short": (SMOL, "batch: 4, method: full, weights: f32", 1, 12, "task"),
    "full-last-blocks-16": (SMOL, "batch: 16, method: full, parts: [model.layers.28., model.layers.29.]", 1, 48, "task"),
    "dpo-4": (SMOL, "batch: 4", 4, 12, "dpo"),
    "text-4": (SMOL, "batch: 4, max_tokens: 256", 24, 8, "causal_lm"),
    "gemma-4-short": (GEMMA, "batch: 4", 1, 12, "task"),
    "classes-minilm-32": (MINI, "batch: 32", 1, 160, "classes"),
    "t5-16": ("t5", "batch: 16, method: full", 1, 96, "task"),
    "gpt2-16": ("gpt2", "batch: 16", 1, 96, "task"),
}


def rows(joined, count, seed):
    every = list(csv.DictReader(open(os.path.join(a.data, "banking77", "train.csv"))))
    random.Random(seed).shuffle(every)
    return [(" ".join(r["text"].strip().replace("\n", " ") for r in every[i * joined:(i + 1) * joined]), every[i * joined]["category"]) for i in range(count)]


def write(folder, name, lines):
    common.write_lines(os.path.join(folder, name), lines)


def project(folder, model, tune, joined, count, learned):
    train, held = rows(joined, count, 1), rows(joined, 8, 2)
    say = lambda r: {"prompt": r[0], "completion": r[1].replace("_", " ")}
    write(folder, "validation.jsonl", map(say, held)), write(folder, "test.jsonl", map(say, held[:2]))
    head = f"name: memory\nmodel: {model}\nuse: research\nseed: 0\napproaches: [tune]\n"
    task = "    leakage: drop-from-training\n    train: train.jsonl\n    validation: validation.jsonl\n    test: test.jsonl\n"
    tune = f"{{epochs: 1, max_tokens: 1024, {tune}}}" if "max_tokens" not in tune else f"{{epochs: 1, {tune}}}"
    if learned == "task":
        write(folder, "train.jsonl", map(say, train))
        body = f"tune: {tune}\ntasks:\n  - name: it\n    instruction: Name the intent.\n    metric: exact_match\n    max_answer_tokens: 8\n" \
               "    prompt: {system: 'Name the intent.', user: '{{ question }}'}\n" + task
    elif learned == "classes":
        labels = sorted({r[1] for r in train})
        label = lambda r: {"text": r[0], "label": r[1]}
        write(folder, "train.jsonl", map(label, train))
        held = [r for r in held if r[1] in labels]
        write(folder, "validation.jsonl", map(label, held)), write(folder, "test.jsonl", map(label, held[:2]))
        body = f"tune: {tune}\ntasks:\n  - name: it\n    instruction: Name the intent.\n    labels: {json.dumps(labels)}\n" + task
    else:
        if learned == "dpo":
            write(folder, "train.jsonl", [{"prompt": q, "chosen": c.replace("_", " "), "rejected": train[i - 1][1].replace("_", " ")} for i, (q, c) in enumerate(train)])
        else:
            write(folder, "train.jsonl", [{"text": q} for q, _ in train])
        body = "tasks:\n  - name: other\n    instruction: Name the intent.\n    metric: exact_match\n" + task + \
               f"trainings:\n  - {{name: it, objective: {learned}, train: train.jsonl, tune: {tune}}}\n"
    with open(os.path.join(folder, "sartor.yaml"), "w") as file:
        file.write(head + body)


def peak(process):
    """The last VmHWM before the process ends, in MiB."""
    most, path = 0, f"/proc/{process.pid}/status"
    while process.poll() is None:
        try:
            for line in open(path):
                if line.startswith("VmHWM:"):
                    most = max(most, int(line.split()[1]))
        except OSError:
            pass
        time.sleep(0.02)
    return round(most / 1024)


def measured(name, folder):
    model, tune, joined, count, learned = SETTINGS[name]
    model = {"t5": a.t5, "gpt2": a.gpt2}.get(model, model)
    project(folder, os.path.abspath(model) if os.path.isdir(model) else model, tune, joined, count, learned)
    begin = time.time()
    with open(os.path.join(folder, "log"), "w") as log:
        process = subprocess.Popen([*common.launcher(a.sartor), "tune", "it", "--project", folder], stdout=log, stderr=log, env=common.environment())
        most = peak(process)
    if process.returncode:
        sys.exit(f"{name}\n" + open(os.path.join(folder, "log")).read()[-3000:])
    found = glob.glob(os.path.join(folder, "**", "memory.json"), recursive=True)
    plan = json.load(open(found[0])) if found else {}
    predicted = plan.get("predictedMib", 0)
    return {"model": model if not os.path.isdir(model) else os.path.basename(os.path.abspath(model)), "tune": tune, "messages_a_row": joined, "rows": count,
            "learned": learned, "measured_mib": most, "predicted_mib": predicted, "difference": round(predicted / most - 1, 3), "plan": plan,
            "seconds": round(time.time() - begin, 1)}


def table(results):
    lines = ["| setting | tokens of a pass | predicted MiB | measured MiB | difference |", "|---|---|---|---|---|"]
    for each in results["settings"].values():
        lines.append(f"| {each['model']}, {each['learned']}, {each['tune']} | {each['plan'].get('tokens', '')} | {each['predicted_mib']} | {each['measured_mib']} | {100 * each['difference']:+.1f} % |")
    return "\n".join(lines)


def main():
    results = common.read(a.out)
    if a.doc:
        text = open(a.doc).read()
        before, rest = text.split("<!-- memory -->")
        _, after = rest.split("<!-- /memory -->")
        with open(a.doc, "w") as file:
            file.write(before + "<!-- memory -->\n" + table(results) + "\n<!-- /memory -->" + after)
        return
    if "settings" not in results:
        results = {"settings": {}}
    sitting = common.Sitting(a.sartor)
    for name in a.only.split(",") if a.only else SETTINGS:
        kind = SETTINGS[name][0]
        if kind in ("t5", "gpt2") and not getattr(a, kind):
            continue
        folder = os.path.join(a.keep, name) if a.keep else tempfile.mkdtemp()
        shutil.rmtree(folder, ignore_errors=True), os.makedirs(folder)
        results["settings"][name] = measured(name, folder)
        results |= sitting.about()
        common.write(a.out, results, 1)
        print(name, {k: results["settings"][name][k] for k in ("predicted_mib", "measured_mib", "difference", "seconds")}, flush=True)
        if not a.keep:
            shutil.rmtree(folder)


main()

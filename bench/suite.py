"""Public benchmarks by `sartor benchmark` and by lm-evaluation-harness: the same rows, the same fp32 weights, compared item by item.

    python3 bench/suite.py prepare DATA FOLDER [--items 200]
    PEER/bin/python bench/suite.py convert MODEL.gguf FOLDER/models/NAME
    PEER/bin/python bench/suite.py peer FOLDER NAME [--tasks …]
    python3 bench/suite.py compare FOLDER [--sartor ./sartor] [--seconds 540] [--out bench/results/suite.json]

PEER is a virtual environment with torch, transformers, gguf and lm-eval. DATA has benchmarks/ (ARC, PIQA, WinoGrande, OpenBookQA and LAMBADA in
llm-foundry's one form) and gsm8k/. `prepare` writes them with the fields that the Hugging Face data sets have: the first rows are the evaluated
split, and, as llm-foundry has no training split of ARC, PIQA, WinoGrande and OpenBookQA, the last 200 stand in for it, so that few-shot examples are
drawn on both sides; scores with few-shot examples are therefore nobody's published ones. `convert` makes a transformers directory, bf16, of a GGUF
file; both sides compute with it in fp32. `peer` runs lm-eval's own task files over these rows (dataset_path: json) and keeps what it found, so that
it can be stopped and started again. `compare` runs Sartor at batch 1 and 16, kept likewise, and writes for each model and task how many items agree:
log-likelihoods within 1e-3, the chosen choice, the extracted answer, each item's metrics; and the scores and standard errors of both. It stops
after --seconds and says what is missing; started again it goes on. Figures that are in the file and not measured anew stay. Exit code 1 where an item or a score differs or something is missing.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import common

TOLERANCE = 1e-3
BATCHES = [16, 1]
TRAINING = 200
RUNS = {  # name: (task, few-shot examples, items; None for all that were prepared)
    "arc_easy": ("arc_easy", 0, None),
    "arc_challenge": ("arc_challenge", 0, None),
    "openbookqa": ("openbookqa", 0, None),
    "piqa": ("piqa", 0, None),
    "winogrande": ("winogrande", 0, None),
    "lambada_openai": ("lambada_openai", 0, None),
    "arc_easy, 3 examples": ("arc_easy", 3, 50),
    "winogrande, 3 examples": ("winogrande", 3, 50),
    "gsm8k, 5 examples": ("gsm8k", 5, 16),
}
EVALUATED = {"piqa": "validation", "winogrande": "validation"}


# ---- Rows -----------------------------------------------------------------------------------------------------------

def letters(choices):
    return {"text": choices, "label": [chr(ord("A") + i) for i in range(len(choices))]}


def arc(row):
    return {"question": row["query"].removeprefix("Question: "), "choices": letters(row["choices"]), "answerKey": chr(ord("A") + row["gold"])}


def openbookqa(row):
    return {"question_stem": row["query"], "choices": letters(row["choices"]), "answerKey": chr(ord("A") + row["gold"])}


def piqa(row):
    first, second = row["choices"]
    return {"goal": row["query"].removeprefix("Question: ").strip(), "sol1": first, "sol2": second, "label": row["gold"]}


def winogrande(row):
    """
    >>> winogrande({"context_options": ["the cup broke as the cup", "the cup broke as the mug"], "continuation": "fell.", "gold": 1})
    {'sentence': 'the cup broke as the _ fell.', 'option1': 'cup', 'option2': 'mug', 'answer': '2'}
    """
    first, second = row["context_options"]
    prefix = os.path.commonprefix([first, second])
    prefix = prefix[:prefix.rindex(" ") + 1] if " " in prefix else ""
    return {"sentence": prefix + "_ " + row["continuation"].strip(), "option1": first[len(prefix):], "option2": second[len(prefix):],
            "answer": str(row["gold"] + 1)}


def lambada(row):
    return {"text": row["context"] + " " + row["continuation"].strip()}


FORMS = {"arc_easy": arc, "arc_challenge": arc, "openbookqa": openbookqa, "piqa": piqa, "winogrande": winogrande, "lambada_openai": lambada}


def prepare(a):
    data = Path(a.data)
    for task, form in FORMS.items():
        source = "openbook_qa" if task == "openbookqa" else task
        rows = [form(row) for row in common.lines(data / "benchmarks" / f"{source}.jsonl")]
        folder = Path(a.folder) / "data" / task
        folder.mkdir(parents=True, exist_ok=True)
        common.write_lines(folder / (EVALUATED.get(task, "test") + ".jsonl"), rows[:a.items])
        if task != "lambada_openai":
            common.write_lines(folder / "train.jsonl", rows[-TRAINING:])
    folder = Path(a.folder) / "data" / "gsm8k"
    folder.mkdir(parents=True, exist_ok=True)
    for split in ("test", "train"):
        rows = common.lines(data / "gsm8k" / f"{split}.jsonl")
        common.write_lines(folder / f"{split}.jsonl", rows[:a.items] if split == "test" else rows)


# ---- The peer -------------------------------------------------------------------------------------------------------

def convert(a):
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder, file = os.path.split(os.path.abspath(a.gguf))
    read = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32)
    if hasattr(read.config, "quantization_config"):
        del read.config.quantization_config
    fresh = type(read)(read.config).to(torch.float32)
    fresh.load_state_dict(read.state_dict())
    fresh.to(torch.bfloat16).save_pretrained(a.out)
    AutoTokenizer.from_pretrained(folder, gguf_file=file).save_pretrained(a.out)


def kept(folder, side, model, run):
    return Path(folder) / side / model / (run.replace(", ", "-").replace(" ", "-") + ".json")


def peer(a):
    os.environ["HF_HUB_OFFLINE"] = "1"
    import lm_eval
    import torch
    from lm_eval.models.huggingface import HFLM

    from lm_eval.tasks import TaskManager

    model, manager = None, TaskManager()
    for run in a.tasks or RUNS:
        out = kept(a.folder, "peer", a.model, run)
        if out.exists():
            continue
        out.parent.mkdir(parents=True, exist_ok=True)
        if model is None:
            path = str((Path(a.folder) / "models" / a.model).resolve())
            model = HFLM(pretrained=path, dtype="float32", device="cpu", batch_size=16)
        task, shots, items = RUNS[run]
        model.batch_size_per_gpu = 1 if task == "gsm8k" else 16
        folder = (Path(a.folder) / "data" / task).resolve()
        files = {file.stem: str(file) for file in sorted(folder.glob("*.jsonl"))}
        local = task_file(manager, task) | {"dataset_path": "json", "dataset_name": None, "dataset_kwargs": {"data_files": files}}
        with torch.no_grad():
            found = lm_eval.simple_evaluate(model=model, tasks=[local], task_manager=manager, num_fewshot=shots, limit=items, log_samples=True,
                                            bootstrap_iters=100000, use_cache=str(out.with_suffix("").resolve()))  # what was answered, if it is stopped
        common.write(out, {"lm_eval": lm_eval.__version__, "results": found["results"][task], "version": found["versions"][task],
                           "items": samples(found["samples"][task])})
        print(a.model, run, found["results"][task], flush=True)


def task_file(manager, task):
    """lm-eval's own, its functions resolved."""
    from lm_eval.tasks._yaml_loader import load_yaml

    return load_yaml(manager.task_index[task].yaml_path, resolve_func=True)


def samples(logged):
    """By item: what was answered, and the metrics under lm-eval's own keys."""
    items = {}
    for each in logged:
        item = items.setdefault(each["doc_id"], {"item": each["doc_id"], "metrics": {}, "answers": {}})
        answers = each["resps"]
        if isinstance(answers[0][0], str):
            item["text"] = answers[0][0]
            item["answers"][each["filter"]] = each["filtered_resps"][0]
        else:
            item["log_likelihoods"] = [float(answer[0][0]) for answer in answers]
            item["greedy"] = [bool(answer[0][1]) for answer in answers]
        for metric in each["metrics"]:
            item["metrics"][f"{metric},{each['filter']}"] = float(each[metric])
    return [items[key] for key in sorted(items)]


# ---- Sartor ---------------------------------------------------------------------------------------------------------

def ours(a, model, run, batch):
    out = kept(a.folder, f"sartor-{batch}", model, run)
    if not out.exists():
        task, shots, items = RUNS[run]
        limit = [] if items is None else ["--limit", str(items)]
        out.parent.mkdir(parents=True, exist_ok=True)
        common.sartor(a.sartor, "benchmark", task, "--model", Path(a.folder) / "models" / model, "--data", f"{task}={Path(a.folder) / 'data' / task}",
                      "--few-shot", str(shots), *limit, "--batch", str(batch), "--weights", "f32", "--out", out)
    return common.read(out)["tasks"][0]


def held(theirs, own):
    """How two runs of one task compare."""
    rows = list(zip(theirs["items"], own["items"], strict=True))
    scored = [(t, o) for t, o in rows if "log_likelihoods" in t]
    differences = [max(abs(x - y) for x, y in zip(t["log_likelihoods"], o["log_likelihoods"], strict=True)) for t, o in scored]
    best = lambda values: max(range(len(values)), key=values.__getitem__)
    metrics = {key: float(value) for key, value in theirs["results"].items() if "," in key and not isinstance(value, str)}
    written = [(t, o) for t, o in rows if "text" in t]
    return {
        "items": len(rows),
        **({"log_likelihoods_within_1e-3": sum(each <= TOLERANCE for each in differences), "greatest_difference": max(differences),
            "same_choice": sum(best(t["log_likelihoods"]) == best(o["log_likelihoods"]) for t, o in scored)} if scored else {}),
        **({"same_text": sum(t["text"] == o["text"] for t, o in written),
            "same_answers": sum(t["answers"] == o["answers"] for t, o in written)} if written else {}),
        "same_metrics": sum(t["metrics"].keys() == o["metrics"].keys() and all(abs(t["metrics"][k] - o["metrics"][k]) <= TOLERANCE for k in t["metrics"])
                            for t, o in rows),
        "scores": {key: {"lm_eval": value, "sartor": own["metrics"].get(key)} for key, value in metrics.items()},
    }


def agrees(found):
    count = found["items"]
    return (all(found.get(key, count) == count for key in ("log_likelihoods_within_1e-3", "same_choice", "same_text", "same_answers", "same_metrics"))
            and all(pair["sartor"] is not None and abs(pair["lm_eval"] - pair["sartor"]) <= 1e-3 * max(1, abs(pair["lm_eval"]))
                    for pair in found["scores"].values()))


def compare(a):
    sitting = common.Sitting(a.sartor)
    begun = time.monotonic()
    models = sorted(each.name for each in (Path(a.folder) / "peer").iterdir())
    before = common.read(a.out) if Path(a.out).exists() else {"models": {}}
    result = {"tolerance": TOLERANCE, "lm_eval": None, "models": before["models"]}
    for batch, model, run in itertools.product(BATCHES, models, RUNS):
        theirs = kept(a.folder, "peer", model, run)
        known = kept(a.folder, f"sartor-{batch}", model, run).exists()
        if not theirs.exists() or (not known and time.monotonic() - begun > a.seconds):
            continue
        peers = common.read(theirs)
        result["lm_eval"] = peers["lm_eval"]
        found = held(peers, ours(a, model, run, batch))
        result["models"].setdefault(model, {}).setdefault(run, {})[f"batch {batch}"] = {"agrees": agrees(found)} | found
        print(model, run, batch, json.dumps(found)[:200], file=sys.stderr, flush=True)
    missing = [f"{model}: {run}, batch {batch}" for model, runs in result["models"].items() for batch, run in itertools.product(BATCHES, RUNS)
               if f"batch {batch}" not in runs.get(run, {})]
    every = [each for runs in result["models"].values() for batches in runs.values() for each in batches.values()]
    result["all_agree"] = bool(every) and all(each["agrees"] for each in every)
    result["not_measured"] = missing
    common.write(a.out, sitting.about() | result)
    return 0 if result["all_agree"] and not missing else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    part = parts.add_parser("prepare")
    part.add_argument("data")
    part.add_argument("folder")
    part.add_argument("--items", type=int, default=200)
    part = parts.add_parser("convert")
    part.add_argument("gguf")
    part.add_argument("out")
    part = parts.add_parser("peer")
    part.add_argument("folder")
    part.add_argument("model")
    part.add_argument("--tasks", nargs="+", choices=list(RUNS))
    part = parts.add_parser("compare")
    part.add_argument("folder")
    part.add_argument("--sartor", default=common.SARTOR)
    part.add_argument("--seconds", type=float, default=540)
    part.add_argument("--out", default=common.RESULTS / "suite.json")
    a = parser.parse_args()
    sys.exit({"prepare": prepare, "convert": convert, "peer": peer, "compare": compare}[a.part](a))


if __name__ == "__main__":
    main()

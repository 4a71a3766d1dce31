"""What lm-evaluation-harness makes of a few made-up rows of each benchmark: requests with and without examples, metrics of made-up
log-likelihoods and texts, and standard errors. The room `suite` is held against it.

    PEER/bin/python bench/references/suite_prompts.py > judgement/suite/src/test/resources/lm-eval.json

PEER has torch, transformers and lm-eval 0.4.13.
"""

import contextlib
import hashlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
import lm_eval
from lm_eval.api.metrics import aggregate_subtask_metrics, pooled_sample_stderr
from lm_eval.api.model import LM
from lm_eval.tasks import TaskManager
from lm_eval.tasks._yaml_loader import load_yaml

MANAGER = TaskManager()
CITIES = ["Bergen", "Graz", "Lyon", "Turin", "Ghent", "Porto", "Basel", "Malmö", "Köln", "Łódź"]
THINGS = ["bicycle", "kettle", "ladder", "lamp", "spade", "whistle", "basket", "compass", "hammer", "candle"]


def letters(choices, labels="ABCDE"):
    return {"text": choices, "label": list(labels[:len(choices)])}


def arc(n):
    numbered = n % 5 == 3
    labels = "12345" if numbered else "ABCDE"
    choices = [f"a {THINGS[n % 10]}", f"two {THINGS[(n + 1) % 10]}s", "water", f"the {CITIES[n % 10]} line"][:3 + n % 2]
    return {"id": f"M_{n}", "question": f"What do people of {CITIES[n % 10]} carry, number {n}?", "choices": letters(choices, labels),
            "answerKey": labels[n % 3]}


def openbookqa(n):
    return {"id": str(n), "question_stem": f"A {THINGS[n % 10]} in {CITIES[n % 10]} is{' ' if n % 4 == 1 else ''}",
            "choices": letters([f"heavy {n}", "light", "made of tin", "lost"]), "answerKey": ("ABCD"[n % 4] if n % 3 else " " + "ABCD"[n % 4])}


def hellaswag(n):
    return {"ind": n, "activity_label": f"Cleaning a {THINGS[n % 10]}", "ctx_a": f"A person holds a {THINGS[n % 10]}. ",
            "ctx_b": ["", "the person", "THEY [substeps] then", "él"][n % 4], "split": "val", "label": str(n % 4),
            "endings": ["rubs it [title] with sand.", f"walks to {CITIES[n % 10]}.", "sleeps  on it.", " [step] Throws it away. "]}


def piqa(n):
    return {"goal": f"Mend a {THINGS[n % 10]}" + ("?\n" if n % 3 == 0 else ""), "sol1": f"Use glue and wait {n} minutes.", "sol2": "Use süßes paper…",
            "label": n % 2}


def winogrande(n):
    return {"sentence": [f"The {THINGS[n % 10]} did not fit into the {THINGS[(n + 3) % 10]} because the _ was too large.",
                         f"_ paid for {CITIES[n % 10]} since the money was there."][n % 5 == 4],
            "option1": THINGS[n % 10], "option2": THINGS[(n + 3) % 10], "answer": str(1 + n % 2)}


def boolq(n):
    return {"question": f"is {CITIES[n % 10]} a town", "passage": f"{CITIES[n % 10]} -- It lies by a river. ", "idx": n, "label": n % 2}


def lambada(n):
    return {"text": f"She went to {CITIES[n % 10]} with her {THINGS[n % 10]}.\n\nIn {CITIES[n % 10]} nobody had such a{'  ' if n == 2 else ' '}{THINGS[n % 10]}"}


def mmlu(n):
    return {"question": f" Which of these is in {CITIES[n % 10]}?\nThink. ", "subject": ["anatomy", "us_foreign_policy"][n % 2],
            "choices": [THINGS[(n + i) % 10] for i in range(4)], "answer": n % 4}


def truthfulqa(n):
    right = [f"Nobody knows {n}", f"It is in {CITIES[n % 10]}"]
    wrong = ["The moon is", f"Every {THINGS[n % 10]} is", "All of them"][:2 + n % 2]
    return {"question": f"What is true of a {THINGS[n % 10]}?", "mc1_targets": {"choices": right[:1] + wrong, "labels": [1] + [0] * len(wrong)},
            "mc2_targets": {"choices": right + wrong, "labels": [1, 1] + [0] * len(wrong)}}


def gsm8k(n):
    return {"question": f"{CITIES[n % 10]} has {n + 3} shops with {n} {THINGS[n % 10]}s. How many?",
            "answer": f"{n + 3} * {n} = <<{n + 3}*{n}={(n + 3) * n}>>{(n + 3) * n}\n#### {(n + 3) * n * 1000:,}"}


WRITTEN = ["no number", " 4 * 1 = 4\n#### 4,000", " So it is $10,000.", " #### -3.5 or 18,000.", " 12\n####7", "it costs 28000.", " #### 40000 Question", " 1. two 54,000 ."]
"""Answers, by item."""

TASKS = {
    "arc_easy": (arc, "test", "train", [0, 2, 7]),
    "arc_challenge": (arc, "test", "train", [0]),
    "hellaswag": (hellaswag, "validation", "train", [0, 2]),
    "piqa": (piqa, "validation", "train", [0, 3]),
    "winogrande": (winogrande, "validation", "train", [0, 2]),
    "boolq": (boolq, "validation", "train", [0, 1]),
    "openbookqa": (openbookqa, "test", "train", [0, 2]),
    "lambada_openai": (lambada, "test", None, [0, 2]),
    "truthfulqa_mc1": (truthfulqa, "validation", None, [0]),
    "truthfulqa_mc2": (truthfulqa, "validation", None, [0]),
    "gsm8k": (gsm8k, "test", "train", [5, 2]),
    "mmlu_anatomy": (mmlu, "test", "dev", [0, 3]),
    "mmlu_us_foreign_policy": (mmlu, "test", "dev", [0, 3]),
}


def drawn(*words):
    """A number from 0 to 1 that hangs on the words alone."""
    return int(hashlib.sha256("\0".join(words).encode()).hexdigest()[:12], 16) / 16**12


class MadeUp(LM):
    def loglikelihood(self, requests):
        return [(-4 * drawn(*each.args), drawn("greedy", *each.args) < 0.4) for each in requests]

    def generate_until(self, requests):
        return [WRITTEN[each.doc_id % len(WRITTEN)] for each in requests]

    def loglikelihood_rolling(self, requests):
        raise NotImplementedError


def made(task, shots, rows, examples, folder):
    _, split, pool, _ = TASKS[task]
    files = {split: rows} | ({pool: examples} if pool else {})
    for name, lines in files.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines), encoding="utf-8")
    local = load_yaml(MANAGER.task_index[task].yaml_path, resolve_func=True) | {"dataset_path": "json", "dataset_name": None,
                     "dataset_kwargs": {"data_files": {name: str(folder / f"{name}.jsonl") for name in files}}}
    done = lm_eval.simple_evaluate(model=MadeUp(), tasks=[local], task_manager=MANAGER, num_fewshot=shots, log_samples=True, bootstrap_iters=100000)
    items = {}
    for each in done["samples"][task]:
        item = items.setdefault(each["doc_id"], {"requests": [list(arguments.values())[:2] for arguments in arguments_of(each)], "metrics": {}, "answers": {}})
        for metric in each["metrics"]:
            item["metrics"][f"{metric},{each['filter']}"] = float(each[metric])
        if isinstance(each["resps"][0][0], str):
            item["requests"] = [[item["requests"][0][0]]]
            item["text"] = each["resps"][0][0]
            item["answers"][each["filter"]] = each["filtered_resps"][0]
        else:
            item["log_likelihoods"] = [answer[0][0] for answer in each["resps"]]
            item["greedy"] = [bool(answer[0][1]) for answer in each["resps"]]
    results = {key: value for key, value in done["results"][task].items() if "," in key and not isinstance(value, str)}
    return {"task": task, "version": str(float(done["versions"][task])), "few_shot": shots, "rows": rows, "examples": examples if pool else [],
            "items": [items[key] for key in sorted(items)], "results": {key: float(value) for key, value in results.items()}}


def arguments_of(sample):
    found = sample["arguments"]
    return list(found.values()) if isinstance(found, dict) else [{str(i): part for i, part in enumerate(each)} for each in found]


def main():
    cases = []
    with tempfile.TemporaryDirectory() as temporary, contextlib.redirect_stdout(io.StringIO()):
        for task, (row, _, pool, counts) in TASKS.items():
            subject = task.removeprefix("mmlu_") if task.startswith("mmlu_") else None
            rows = [row(n) for n in range(8 if subject is None else 12)]
            examples = [row(n) for n in range(100, 130)]
            if subject:
                rows = [each for each in rows if each["subject"] == subject][:5 if subject == "anatomy" else 6]
                examples = [each for each in examples if each["subject"] == subject]
            for shots in counts:
                folder = Path(temporary) / f"{task}-{shots}"
                folder.mkdir()
                cases.append(made(task, shots, rows, examples, folder))
    groups = []
    for shots in (0, 3):
        parts = [case for case in cases if case["task"].startswith("mmlu_") and case["few_shot"] == shots]
        sizes = [len(case["items"]) for case in parts]
        groups.append({"few_shot": shots, "acc,none": aggregate_subtask_metrics([case["results"]["acc,none"] for case in parts], sizes),
                       "acc_stderr,none": float(pooled_sample_stderr([case["results"]["acc_stderr,none"] for case in parts], sizes))})
    json.dump({"lm_eval": lm_eval.__version__, "cases": cases, "mmlu": groups}, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()

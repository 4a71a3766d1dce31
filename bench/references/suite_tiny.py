"""What lm-evaluation-harness answers for a tiny random model with a word tokenizer that puts [CLS] and [SEP] around every text: a few rows
of ARC, WinoGrande and LAMBADA, one of them longer than the model's 128 tokens.

    PEER/bin/python bench/references/suite_tiny.py > product/cli/src/test/resources/lm-eval-tiny.json

PEER has torch, transformers and lm-eval 0.4.13.
"""

import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import lm_eval
import suite
from lm_eval.models.huggingface import HFLM
from lm_eval.tasks import TaskManager

ROOT = suite.common.ROOT
LLAMA = ROOT / "engine/model/src/test/resources/reference/llama"
WORDS = ROOT / "engine/generate/src/test/resources/embedders/mean-normalised"
ENDS = ["sat on the mat", "is away", "may run", "were over it", "and the hi", "in all"]


def arc(n):
    question = f"the cat {ENDS[n % 6]} and the sun {ENDS[(n + 1) % 6]}"
    if n == 3:
        question = "; ".join([question] * 12)
    return {"id": str(n), "question": question, "choices": {"text": ENDS[n % 3:n % 3 + 3 + n % 2], "label": list("ABCD")[:3 + n % 2]},
            "answerKey": "ABC"[n % 3]}


def winogrande(n):
    return {"sentence": f"the cat {ENDS[n % 6]} , the _ {ENDS[(n + 2) % 6]}", "option1": "cat", "option2": "sun", "answer": str(n % 2 + 1)}


def lambada(n):
    return {"text": f"the cat {ENDS[n % 6]} and the sun {ENDS[(n + 4) % 6]} morning" if n else "cat sun"}


TASKS = {"arc_easy": (arc, "test", "train", 2), "winogrande": (winogrande, "validation", "train", 0), "lambada_openai": (lambada, "test", None, 0)}


def main():
    found = {}
    with tempfile.TemporaryDirectory() as temporary, contextlib.redirect_stdout(io.StringIO()):
        folder = Path(temporary)
        for file in ("config.json", "model.safetensors"):
            shutil.copy(LLAMA / file, folder)
        shutil.copy(WORDS / "tokenizer.json", folder)
        words = json.loads((WORDS / "tokenizer_config.json").read_text())
        (folder / "tokenizer_config.json").write_text(json.dumps(words | {"eos_token": "[SEP]"}))
        model, manager = HFLM(pretrained=str(folder), dtype="float32", device="cpu", batch_size=4), TaskManager()
        for task, (row, split, pool, shots) in TASKS.items():
            rows, examples = [row(n) for n in range(6)], [row(n) for n in range(50, 60) if n % 6 != 3]
            files = {split: rows} | ({pool: examples} if pool else {})
            for name, lines in files.items():
                suite.common.write_lines(folder / f"{task}-{name}.jsonl", lines)
            local = suite.task_file(manager, task) | {"dataset_path": "json", "dataset_name": None, "dataset_kwargs": {
                "data_files": {name: str(folder / f"{task}-{name}.jsonl") for name in files}}}
            done = lm_eval.simple_evaluate(model=model, tasks=[local], task_manager=manager, num_fewshot=shots, log_samples=True)
            found[task] = {"few_shot": shots, "files": files, "items": suite.samples(done["samples"][task])}
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()

"""The package setfit on the draws that `candidates.py --part few --keep FOLDER` left: the same training and test messages, the same embedder.

    pip install setfit==1.2.0
    python3 bench/references/peer_setfit.py EMBEDDER OUT_JSON FOLDER/1 FOLDER/2 FOLDER/3

EMBEDDER is a folder of all-MiniLM-L6-v2. Its usual settings but for the number of pairs, where all of a draw would be a hundred thousand: ITERATIONS
(by default 20, as Tunstall et al. 2022 have it; an environment variable) alike and as many unlike for each message, in one epoch.
"""
import json, os, sys, time
from pathlib import Path

import setfit, torch
from datasets import Dataset
from setfit import SetFitModel, Trainer, TrainingArguments

ITERATIONS = int(os.environ.get("ITERATIONS", "20"))
embedder, out, folders = sys.argv[1], Path(sys.argv[2]), [Path(each) for each in sys.argv[3:]]


def rows(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


draws = []
for folder in folders:
    train, test = rows(folder / "train.jsonl"), rows(folder / "test.jsonl")
    model = SetFitModel.from_pretrained(embedder)
    start = time.time()
    arguments = TrainingArguments(batch_size=16, num_epochs=1, num_iterations=ITERATIONS, seed=int(folder.name), report_to="none", save_strategy="no")
    Trainer(model=model, args=arguments, train_dataset=Dataset.from_list([{"text": row["text"], "label": row["label"]} for row in train])).train()
    said = model.predict([row["text"] for row in test], batch_size=64, as_numpy=True)
    right = sum(one == row["label"] for one, row in zip(said, test))
    draws.append({"seed": int(folder.name), "train": len(train), "score": round(right / len(test), 4), "seconds": round(time.time() - start, 1)})
    print(draws[-1], flush=True)
    out.write_text(json.dumps({"setfit": setfit.__version__, "torch": torch.__version__, "num_iterations": ITERATIONS, "draws": draws}, indent=1) + "\n")

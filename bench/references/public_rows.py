"""Rows as they are met: Banking77, SciFact, gsm8k, and instruction rows, 30,258 in all."""
import csv, json


def objects(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def rows(data):
    """Each with an id and its text."""
    texts = []
    for part in ("train", "test"):
        with open(data / f"banking77/{part}.csv", encoding="utf-8") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    texts += [row["title"] + "\n" + row["text"] for row in objects(data / "scifact/corpus.jsonl")]
    texts += [row["question"] + "\n" + row["answer"] for part in ("train", "test") for row in objects(data / f"gsm8k/{part}.jsonl")]
    for name in ("instruction-data.json", "preference-data.json"):
        texts += ["\n".join(str(value) for value in row.values()) for row in json.loads((data / "instructions" / name).read_text(encoding="utf-8"))]
    texts += ["\n".join(str(value) for value in row.values()) for row in objects(data / "instructions/dolly-hhrlhf-1000.jsonl")]
    return [{"id": i, "text": text} for i, text in enumerate(texts)]

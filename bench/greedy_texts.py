"""How often rounding changes a greedy text: questions about passages and instructions, answered in bf16 one by one, in bf16 side by side, and in
fp32, by `sartor bench texts`; the share that differ, and how near fp32's two best tokens are where they part. Writes JSON
after each lot of texts; run again, it goes on where the file ends.

    python3 bench/greedy_texts.py DATA bench/results/greedy_texts.json [--model smollm2-135m-instruct] [--sartor ./sartor]

DATA has xquad/xquad.en.json (56 questions, each with its passage) and instructions/instruction-data.json (the first 56 instructions);
they take turns, so that short and long prompts are answered side by side.
"""

import argparse
import json
import pathlib
import statistics
import tempfile

import common

EACH = 56
WAYS = ["streams_against_alone", "alone_against_f32", "streams_against_f32", "f32_streams_against_f32"]


def questions(data):
    passages = [paragraph for article in json.loads((data / "xquad/xquad.en.json").read_text())["data"] for paragraph in article["paragraphs"]]
    step = len(passages) // EACH
    asked = [f"{p['context']}\n\nAnswer from this passage: {p['qas'][0]['question']}" for p in passages[: EACH * step : step]]
    rows = json.loads((data / "instructions/instruction-data.json").read_text())[:EACH]
    told = [(row["instruction"] + "\n" + row["input"]).strip() for row in rows]
    return [text for pair in zip(asked, told) for text in pair]


def run(asked, texts):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("".join(json.dumps(text) + "\n" for text in texts))
        file.flush()
        return common.sartor_json(asked.sartor, "bench", "texts", "--model", asked.model, "--jsonl", file.name, "--weights", asked.weights,
                                  "--tokens", asked.tokens, "--streams", asked.streams, "--json")


def summary(runs, way):
    margins = sorted(margin for each in runs for margin in each[way]["margins"])
    found = {"differ": len(margins), "share": round(len(margins) / sum(each["texts"] for each in runs), 3)}
    if margins:
        found |= {"median_margin": round(statistics.median(margins), 4), "greatest_margin": margins[-1],
                  "within_0.05": sum(m <= 0.05 for m in margins), "within_0.25": sum(m <= 0.25 for m in margins)}
    return found


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=pathlib.Path)
    options.add_argument("out", type=pathlib.Path)
    options.add_argument("--model", default="smollm2-135m-instruct")
    options.add_argument("--weights", default="bf16")
    options.add_argument("--sartor", default=common.SARTOR)
    options.add_argument("--tokens", type=int, default=48)
    options.add_argument("--streams", type=int, default=16)
    asked = options.parse_args()
    texts = questions(asked.data)
    runs = common.read(asked.out, {"runs": []})["runs"]
    sitting = common.Sitting(asked.sartor)
    for at in range(len(runs) * asked.streams, len(texts), asked.streams):
        runs.append(run(asked, texts[at : at + asked.streams]))
        common.write(asked.out, sitting.about() | {
            "texts": sum(each["texts"] for each in runs), "of": len(texts), "most_tokens_of_a_text": asked.tokens,
            "tokens_said": sum(each["tokens_said"] for each in runs), **{way: summary(runs, way) for way in WAYS}, "runs": runs,
        }, 1)


if __name__ == "__main__":
    main()

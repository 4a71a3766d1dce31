"""Instruction tuning with the usual guard against forgetting: does the loss of held-out answers fall, and what becomes of general ability, by
multiple-choice questions of public benchmarks that the guard does not know?

usage: instructions.py SARTOR ROWS BENCHMARKS OUT_JSON [--model smollm2-135m-instruct] [--tune "epochs: 2, …"]
  ROWS        a JSON array of {instruction, input, output}
  BENCHMARKS  a folder with arc_easy, arc_challenge, openbook_qa, piqa and winogrande as JSONL, of which the first 200 items are asked. Of Winogrande
           the whole rest of the sentence is scored from where its two readings part
A tenth of the rows is held out. `sartor tune` trains on the others with its defaults but for what --tune says; `sartor bench tuned` measures.
"""
import argparse, json, os, random, tempfile

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor"), a.add_argument("rows"), a.add_argument("benchmarks"), a.add_argument("out")
a.add_argument("--model", default="smollm2-135m-instruct"), a.add_argument("--tune", default="epochs: 2, learning_rate: 2e-4, max_tokens: 512, too_long: drop")
a = a.parse_args()
sitting = common.Sitting(a.sartor)
SYSTEM = "Do what is asked."


def sartor(*command):
    return common.sartor_json(a.sartor, *command, "--json")


def questions():
    """Items with query, choices and gold."""
    for name in ("arc_easy", "arc_challenge", "openbook_qa", "piqa", "winogrande"):
        with open(os.path.join(a.benchmarks, name + ".jsonl")) as file:
            for _, line in zip(range(200), file):
                item = json.loads(line)
                if "query" not in item:
                    both = [option.split() for option in item["context_options"]]
                    shared = next(i for i in range(len(both[0])) if both[0][i] != both[1][i])
                    item = {"query": " ".join(both[0][:shared]), "choices": [" ".join(words[shared:]) + " " + item["continuation"] for words in both], "gold": item["gold"]}
                if item["query"]:
                    yield {key: item[key] for key in ("query", "choices", "gold")}


rows = [{"prompt": (row["instruction"] + "\n" + row["input"]).strip(), "completion": row["output"]} for row in json.load(open(a.rows)) if row["output"].strip()]
random.Random(1).shuffle(rows)
held, validation, train = rows[: len(rows) // 10], rows[len(rows) // 10 : len(rows) // 10 + 40], rows[len(rows) // 10 + 40 :]
with tempfile.TemporaryDirectory() as folder:
    for name, part in (("train", train), ("validation", validation), ("test", held)):
        common.write_lines(os.path.join(folder, name + ".jsonl"), part)
    turns = lambda row: {"messages": [{"role": "system", "content": SYSTEM}, {"role": "user", "content": row["prompt"]}, {"role": "assistant", "content": row["completion"]}]}
    common.write_lines(os.path.join(folder, "held-out.jsonl"), map(turns, held))
    with open(os.path.join(folder, "sartor.yaml"), "w") as file:
        file.write(f"""name: instructions
model: {a.model}
approaches: [tune]
tune: {{{a.tune}}}
tasks:
  - name: told
    instruction: {SYSTEM}
    max_answer_tokens: 64
    leakage: drop-from-training
    prompt: {{system: '{{{{ instruction }}}}', user: '{{{{ question }}}}'}}
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""")
    choices = os.path.join(folder, "choices.jsonl")
    common.write_lines(choices, questions())
    tuned = sartor("tune", "told", "--project", folder)
    effect = sartor("bench", "tuned", "--model", a.model, "--adapter", tuned["adapter"], "--rows", os.path.join(folder, "held-out.jsonl"), "--probe", choices)
result = sitting.about() | {
          "model": a.model, "tune": a.tune,
          "trained_on": len(train), "training": {k: v for k, v in tuned.items() if k != "adapter"}, "effect": effect}
common.write(a.out, result)
print(json.dumps(result))

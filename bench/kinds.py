"""Every kind of model through the same commands: a T5, a classifier on an encoder, an embedder and Gemma, each tuned by `sartor`.

usage: kinds.py SARTOR DATA OUT_JSON [--only classifier,embedder,t5,gemma] [--t5 FOLDER]
  SARTOR     the launcher, such as ./sartor
  DATA       a folder with banking77/ (train.csv, test.csv) and xquad/ (xquad.en.json)
  --t5       tiny T5 with its tokenizer, such as engine/generate/src/test/resources/reference/text-to-text; its words are those of a larger one,
             too, whose weights are drawn here at random, as no published T5 is at hand
Results of earlier parts stay in OUT_JSON. gemma asks that its licence was accepted: `sartor models pull gemma-3-270m` asks once. Classifier: all-minilm-l6-v2 with a head for 77 intents, all of Banking77's training messages but
1,000 for validation, tested on all 3,080 by `sartor compare`. Embedder: questions of every other article of XQuAD with their passages;
recall@1 of others' questions among their own passages, before the training and after its last epoch. T5: who does something in a made-up
sentence. Gemma: 60 messages of three intents.
"""
import argparse, array, csv, json, math, os, random, shutil, struct, sys, tempfile, time

import common

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("data"), a.add_argument("out")
a.add_argument("--only", default="classifier,embedder,t5,gemma"), a.add_argument("--t5")
a = a.parse_args()


def sartor(*options):
    start = time.time()
    text = common.sartor(a.sartor, *options).stdout
    return common.found_json(text) if "{" in text else {}, round(time.time() - start, 1)


def write(folder, name, rows):
    common.write_lines(os.path.join(folder, name), rows)


def project(folder, yaml):
    with open(os.path.join(folder, "sartor.yaml"), "w") as file:
        file.write(yaml)


def scores(folder, task, candidate="tuned"):
    """The mean score of a candidate's test answers, and how many they are."""
    runs = os.path.join(folder, "runs")
    run = next(name for name in os.listdir(runs) if name.startswith(f"{task}-{candidate}-") and os.path.exists(os.path.join(runs, name, "run.json")))
    rows = common.lines(os.path.join(runs, run, "answers.jsonl"))
    return sum(row["score"] for row in rows) / len(rows), len(rows)


def tuned(folder, task, *options):
    result, seconds = sartor("tune", task, "--project", folder, "--json", *options)
    return {"training_seconds": round(result["seconds"], 1), "command_seconds": seconds, "parameters": result["parameters"],
            "validation": result["validation"], "kept_epoch": result["kept_epoch"]}, result


def classifier(folder):
    rows = list(csv.DictReader(open(os.path.join(a.data, "banking77", "train.csv"))))
    random.Random(7).shuffle(rows)
    test = list(csv.DictReader(open(os.path.join(a.data, "banking77", "test.csv"))))
    row = lambda r: {"text": r["text"], "label": r["category"]}
    write(folder, "validation.jsonl", map(row, rows[:1000]))
    write(folder, "train.jsonl", map(row, rows[1000:]))
    write(folder, "test.jsonl", map(row, test))
    labels = sorted({r["category"] for r in rows})
    project(folder, f"""name: banking
model: all-minilm-l6-v2
approaches: [tune]
tune: {{method: full, epochs: 5, batch: 32, learning_rate: 2e-4, weight_decay: 0.01}}
tasks:
  - name: intent
    instruction: Say what the customer wants.
    labels: {json.dumps(labels)}
    leakage: drop-from-training
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""")
    figures, _ = tuned(folder, "intent")
    _, seconds = sartor("compare", "--project", folder)
    accuracy, count = scores(folder, "intent")
    return figures | {"test_accuracy": round(accuracy, 4), "test": count, "compare_seconds": seconds, "classes": len(labels)}


def xquad():
    """Each question with its passage, by article."""
    articles = []
    for article in json.load(open(os.path.join(a.data, "xquad", "xquad.en.json")))["data"]:
        articles.append([{"anchor": each["question"], "positive": paragraph["context"]} for paragraph in article["paragraphs"] for each in paragraph["qas"]])
    return articles


def embedder(folder):
    articles = xquad()
    write(folder, "train.jsonl", [row for article in articles[0::2] for row in article])
    write(folder, "others.jsonl", [row for article in articles[1::2] for row in article])
    with open(os.path.join(folder, "test.jsonl"), "w") as file:
        file.write('{"prompt": "none", "completion": "none"}\n')
    project(folder, """name: search
approaches: [zero-shot]
tasks:
  - {name: none, instruction: None., test: test.jsonl}
trainings:
  - name: search
    objective: contrastive
    train: train.jsonl
    validation: others.jsonl
    tune: {method: full, epochs: 3, batch: 32, learning_rate: 3e-5, schedule: linear}
""")
    figures, result = tuned(folder, "search")
    by_epoch = {float(k): v for k, v in result["validation"].items()}
    rows = common.lines(os.path.join(folder, "others.jsonl"))
    # The last epoch's figure, whichever was kept: nothing is chosen by these questions.
    return figures | {"recall_at_1_before": by_epoch[0.0], "recall_at_1_after": by_epoch[max(by_epoch)], "questions": len(rows),
                      "passages": len({row["positive"] for row in rows}), "trained_on": sum(1 for _ in open(os.path.join(folder, "train.jsonl")))}


NOUNS, PLACES, VERBS = "cat rat hen dog star tree gate coin".split(), "mat road wall tin log sea".split(), "sat ran fell slept wept went".split()


def sentences(count, seed):
    """Who does something, which a model is to say; nouns stand elsewhere in the sentence, too."""
    draw, rows = random.Random(seed), []
    for _ in range(count):
        who, other = draw.sample(NOUNS, 2)
        rows.append({"prompt": f"the {who} {draw.choice(VERBS)} {draw.choice(['on', 'at', 'over'])} the {draw.choice(PLACES)} {draw.choice(['and', 'near', 'not'])} the {other}", "completion": who})
    return rows


def large_t5(folder, small, width=256, inner=1024, heads=4, layers=4):
    """T5 as transformers initialises it, with the words of the small one, but for the biases of distances: what says where a word stands is
    drawn wide, as a short training at a small rate cannot make it so."""
    config = json.load(open(os.path.join(small, "config.json")))
    config |= {"d_model": width, "d_kv": width // heads, "d_ff": inner, "num_heads": heads, "num_layers": layers, "num_decoder_layers": layers,
               "n_positions": 512, "feed_forward_proj": "relu", "is_gated_act": False, "dense_act_fn": "relu", "tie_word_embeddings": True, "scale_decoder_outputs": True}
    weights = {"shared.weight": ((config["vocab_size"], width), 1.0)}
    for side, attentions in (("encoder", ("SelfAttention",)), ("decoder", ("SelfAttention", "EncDecAttention"))):
        for block in range(layers):
            path = f"{side}.block.{block}.layer."
            for i, attention in enumerate(attentions):
                for part, scale in (("q", (width * width // heads) ** -0.5), ("k", width**-0.5), ("v", width**-0.5), ("o", width**-0.5)):
                    weights[f"{path}{i}.{attention}.{part}.weight"] = ((width, width), scale)
                if block == 0 and i == 0:
                    weights[f"{path}0.SelfAttention.relative_attention_bias.weight"] = ((config["relative_attention_num_buckets"], heads), 2.0)
                weights[f"{path}{i}.layer_norm.weight"] = ((width,), None)
            last = len(attentions)
            weights[f"{path}{last}.DenseReluDense.wi.weight"] = ((inner, width), width**-0.5)
            weights[f"{path}{last}.DenseReluDense.wo.weight"] = ((width, inner), inner**-0.5)
            weights[f"{path}{last}.layer_norm.weight"] = ((width,), None)
        weights[f"{side}.final_layer_norm.weight"] = ((width,), None)
    os.makedirs(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(os.path.join(small, name), folder)
    json.dump(config, open(os.path.join(folder, "config.json"), "w"))
    draw, header, blocks, at = random.Random(5), {"__metadata__": {"format": "pt"}}, [], 0
    for name, (shape, scale) in sorted(weights.items()):
        count = math.prod(shape)
        blocks.append(array.array("f", [1.0] * count if scale is None else [scale * draw.gauss(0, 1) for _ in range(count)]).tobytes())
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [at, at + len(blocks[-1])]}
        at += len(blocks[-1])
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(folder, "model.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blocks))


def t5(folder):
    if not a.t5:
        sys.exit("t5 needs --t5 FOLDER")
    large = os.path.join(folder, "large")
    large_t5(large, a.t5)
    results = {}
    for name, model, rows, tune in (("tiny", os.path.abspath(a.t5), 2000, "epochs: 6, batch: 16, learning_rate: 1e-2"), ("large", large, 6000, "epochs: 2, batch: 16, learning_rate: 5e-4")):
        place = os.path.join(folder, "task-" + name)
        os.makedirs(place)
        write(place, "train.jsonl", sentences(rows, 1)), write(place, "validation.jsonl", sentences(100, 2)), write(place, "test.jsonl", sentences(300, 3))
        project(place, f"""name: words
model: {model}
approaches: [tune]
tune: {{method: full, {tune}}}
tasks:
  - name: who
    instruction: who
    metric: exact_match
    max_answer_tokens: 8
    leakage: drop-from-training
    prompt: {{system: 'who', user: '{{{{ question }}}}'}}
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""")
        figures, _ = tuned(place, "who")
        sartor("compare", "--project", place)
        exact, count = scores(place, "who")
        results[name] = figures | {"test_exact_match": exact, "test": count}
    return results


def gemma(folder):
    rows = list(csv.DictReader(open(os.path.join(a.data, "banking77", "train.csv"))))
    labels = ["card_arrival", "exchange_rate", "lost_or_stolen_card"]
    rows = [{"text": r["text"], "label": r["category"]} for r in rows if r["category"] in labels]
    random.Random(7).shuffle(rows)
    write(folder, "train.jsonl", rows[:60]), write(folder, "validation.jsonl", rows[60:80]), write(folder, "test.jsonl", rows[80:140])
    project(folder, f"""name: banking
use: research
model: gemma-3-270m
approaches: [zero-shot, tune]
tune: {{epochs: 2, batch: 8, learning_rate: 5e-4}}
tasks:
  - name: intent
    instruction: Say what the customer wants.
    labels: {json.dumps(labels)}
    leakage: drop-from-training
    train: train.jsonl
    validation: validation.jsonl
    test: test.jsonl
""")
    figures, _ = tuned(folder, "intent")
    sartor("compare", "--project", folder)
    accuracy, count = scores(folder, "intent")
    return figures | {"test_accuracy": accuracy, "test_accuracy_before": scores(folder, "intent", "zero-shot")[0], "test": count, "examples": 60}


def main():
    results = common.read(a.out)
    for part in (classifier, embedder, t5, gemma):
        if part.__name__ in a.only.split(","):
            sitting = common.Sitting(a.sartor)
            with tempfile.TemporaryDirectory() as folder:
                results[part.__name__] = part(folder)
            results[part.__name__] |= sitting.about()
            common.write(a.out, results)
            print(part.__name__, json.dumps(results[part.__name__]), flush=True)


main()

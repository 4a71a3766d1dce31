"""What was tuned, taken elsewhere: the same greedy tokens from Sartor with the adapter on, from the merged directory in transformers, and from
the merged F32 GGUF file in llama.cpp; what Q8_0 and Q4_0 cost. Prints JSON; exit code 1 where a claim does not hold.

    python3 bench/exports.py LLAMA_BIN [--model MODEL] [--adapter DIR] [--folder FOLDER] [--sartor ./sartor] > bench/results/exports.json

Needs torch, transformers and peft; LLAMA_BIN has llama-server. Without --adapter PEFT makes one on the model's exported directory: rank 8 on all
linear layers, A as it begins a training, B normal with a deviation of 0.02 (seed 7), so that it changes what the model says. Twenty
questions are answered by up to 32 tokens each, at temperature 0 in fp32.
  transformers   the directory that `sartor models export --as hf --type F32` wrote, with its own tokenizer and chat template
  llama_cpp      the file of `--as gguf --type F32`, keys and values in fp32. Where a text parts from Sartor's, `margin` is by how much llama.cpp
                 found its likeliest token likelier than its second there, in nats: 0.05 or less is a near-tie
  rounded        Sartor on the file of that type against Sartor on the F32 file, both computing in F32, so that the file's rounding alone is seen:
                 mean |difference| of the log-probability of the tokens that both said up to where they part, and of the five likeliest there
  unmerged       the merged directory with the adapter taken out again: the greatest difference of any weight to the base
"""

import argparse
import itertools
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import common
import llama_cpp_ggufs as peers

TOKENS = 32
MOST_DIFFERENCE = 0.05
QUESTIONS = peers.QUESTIONS + [
    "List five things to check before a long cycling tour.",
    "What does the word 'ephemeral' mean?",
    "My package has not arrived after ten days. What should I do?",
    "Write a polite reply that declines an invitation to dinner.",
    "How many days are there in February in a leap year?",
    "Explain the difference between weather and climate.",
    "Give three tips for learning a new language.",
    "What is 17 times 6?",
    "Describe a sunrise in two sentences.",
    "Which team handles a broken gear lever: workshop, shop or billing?",
]


# PEFT's adapters do not say who may read what they were made from.
ANYONE = ["--adapter-readers", "everyone"]


def kept(file, make):
    """What a run that was stopped has found already."""
    if not file.exists():
        file.write_text(json.dumps(make()))
    return json.loads(file.read_text())


def export(asked, *words):
    out = pathlib.Path(words[-1])
    return kept(out.with_name(out.name + ".json"), lambda: exported(asked, *words))


def exported(asked, *words):
    open_to_all = ANYONE if "--adapter" in words else []
    return common.sartor_json(asked.sartor, "models", "export", *words, *open_to_all, "--json")


def random_adapter(base, out):
    import peft
    import torch
    import transformers

    torch.manual_seed(7)
    model = transformers.AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    model = peft.get_peft_model(model, peft.LoraConfig(r=8, lora_alpha=16, target_modules="all-linear", task_type="CAUSAL_LM"))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                parameter.normal_(std=0.02)
    model.save_pretrained(out)


def bytes_of(tokenizer):
    """The bytes of a token in a byte-level vocabulary (GPT-2's alphabet)."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    alphabet = {chr(b): b for b in plain}
    alphabet |= {chr(256 + i): b for i, b in enumerate(b for b in range(256) if b not in plain)}
    return lambda number: bytes(alphabet[c] for c in tokenizer.convert_ids_to_tokens(number))


def transformers_answers(folder):
    import torch
    import transformers

    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    spoken = bytes_of(tokenizer)
    answers = []
    for question in QUESTIONS:
        ids = tokenizer.apply_chat_template(
            [{"role": "user", "content": question}], add_generation_prompt=True, return_tensors="pt", return_dict=True)
        with torch.no_grad():
            said = model.generate(**ids, max_new_tokens=TOKENS, do_sample=False)[0, ids["input_ids"].shape[1]:].tolist()
        said = [number for number in said if number not in tokenizer.all_special_ids]
        answers.append({"prompt_tokens": ids["input_ids"].shape[1], "bytes": [list(spoken(number)) for number in said]})
    return answers


def against_transformers(ours, theirs):
    same = [[list(peers.token(each)) for each in a["scores"]] == b["bytes"] for a, b in zip(ours, theirs)]
    return {
        "texts": len(same),
        "same_texts": sum(same),
        "same_prompt_tokens": all(a["prompt_tokens"] == b["prompt_tokens"] for a, b in zip(ours, theirs)),
        "tokens": sum(len(each["bytes"]) for each in theirs),
    }


def sartor(asked, model, *more):
    return [asked.sartor, "serve", "--model", str(model), "--weights", "f32", *map(str, more)]


def rounded(exact, ours):
    said, five = [], [d for pair in zip(ours, exact) for d in peers.differences(*pair, TOKENS)]
    for a, b in zip(ours, exact):
        pairs = itertools.takewhile(lambda pair: peers.token(pair[0]) == peers.token(pair[1]), zip(a["scores"], b["scores"]))
        said += [abs(x["logprob"] - y["logprob"]) for x, y in pairs]
    texts = [peers.parting(i, *pair) is None for i, pair in enumerate(zip(ours, exact))]
    return {"tokens": len(said), "mean_difference": round(statistics.mean(said), 5), "greatest_difference": round(max(said), 5),
            "five_likeliest": {"log_probabilities": len(five), "mean_difference": round(statistics.mean(five), 5)}, "same_texts": sum(texts)}


def greatest_difference(one, other):
    from safetensors.torch import load_file

    a, b = load_file(one / "model.safetensors"), load_file(other / "model.safetensors")
    assert a.keys() == b.keys(), "the directories hold other tensors"
    assert a, "no tensors"
    return max((a[name].float() - b[name].float()).abs().max().item() for name in a)


def run(asked, folder):
    peers.QUESTIONS = QUESTIONS
    adapter, base, merged = asked.adapter or folder / "adapter", folder / "base", folder / "merged"
    sizes = {"base": export(asked, asked.model, "--as", "hf", "--type", "F32", "--out", base)["bytes"]}
    if not asked.adapter and not adapter.exists():
        random_adapter(base, adapter)
    export(asked, asked.model, "--adapter", adapter, "--as", "hf", "--type", "F32", "--out", merged)
    export(asked, merged, "--adapter", adapter, "--unmerge", "--as", "hf", "--out", folder / "unmerged")
    files = {}
    for kind in ("F32", "Q8_0", "Q4_0"):
        files[kind] = folder / f"merged-{kind}.gguf"
        sizes[kind] = export(asked, asked.model, "--adapter", adapter, "--as", "gguf", "--type", kind, "--out", files[kind])["bytes"]

    def said(name, command, more):
        return kept(folder / f"said-{name}.json", lambda: peers.answers(command, TOKENS, more))

    worn = said("worn", sartor(asked, asked.model, "--adapter", f"tuned={adapter}", *ANYONE), {"model": "tuned"})
    bare = said("bare", sartor(asked, asked.model), {})
    full = ["--cache-type-k", "f32", "--cache-type-v", "f32", "--flash-attn", "off", "--ctx-size", "2048", "--parallel", "1"]
    server = [str(asked.llama / "llama-server"), "-m", str(files["F32"]), "--threads", str(os.cpu_count()), *full]
    theirs = said("llama", server, {"cache_prompt": False})
    in_python = kept(folder / "said-transformers.json", lambda: transformers_answers(merged))
    from_file = {kind: said(kind, sartor(asked, files[kind]), {}) for kind in files}
    return {
        "bytes": sizes,
        "changed_by_the_adapter": sum(peers.parting(i, *pair) is not None for i, pair in enumerate(zip(worn, bare))),
        "transformers": against_transformers(worn, in_python),
        "llama_cpp": peers.compared(worn, theirs, TOKENS),
        "rounded": {kind: rounded(from_file["F32"], from_file[kind]) for kind in ("Q8_0", "Q4_0")},
        "unmerged": {"greatest_difference": greatest_difference(base, folder / "unmerged")},
    }


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("llama", type=pathlib.Path)
    options.add_argument("--model", default="smollm2-135m-instruct")
    options.add_argument("--adapter", type=pathlib.Path, help="a PEFT adapter of that model (default: a random one)")
    options.add_argument("--folder", type=pathlib.Path, help="where the exports are made and kept; a stopped run goes on there (default: a temporary one)")
    options.add_argument("--sartor", default=common.SARTOR)
    asked = options.parse_args()
    version = subprocess.run([asked.llama / "llama-server", "--version"], capture_output=True, text=True)
    sitting = common.Sitting(asked.sartor)
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = run(asked, folder)
    import peft
    import transformers

    print(json.dumps({
        **sitting.about(),
        "llama_cpp_version": (version.stdout + version.stderr).strip().splitlines()[0],
        "transformers_version": transformers.__version__,
        "peft_version": peft.__version__,
        "model": asked.model,
        "adapter": asked.adapter.name if asked.adapter else "random, rank 8 on all linear layers",
        "tokens": TOKENS,
        "near_tie": peers.NEAR_TIE,
        **found,
    }, indent=2))
    held = (found["transformers"]["same_texts"] == len(QUESTIONS)
            and found["llama_cpp"]["same_texts"] >= len(QUESTIONS) - 1
            and found["llama_cpp"]["partings_beyond_near_ties"] == 0
            and found["rounded"]["Q8_0"]["mean_difference"] <= MOST_DIFFERENCE)
    sys.exit(not held)


if __name__ == "__main__":
    main()

"""Writes what transformers (and PEFT) compute for a model in fp32, for `sartor models verify MODEL --reference OUT`.

usage: python3 reference.py MODEL OUT [--adapter DIR] [--rows 3] [--length 12] [--greedy 16] [--seed 7]
  MODEL  a folder with config.json and safetensors, or a GGUF file
  OUT    the JSON file to write
Needs: torch transformers; peft for --adapter; gguf for a GGUF file.
"""
import argparse, json, os
import torch
from transformers import (AutoConfig, AutoModel, AutoModelForCausalLM, AutoModelForMaskedLM, AutoModelForSeq2SeqLM,
                          AutoModelForSequenceClassification)

options = argparse.ArgumentParser()
options.add_argument("model")
options.add_argument("out")
options.add_argument("--adapter")
options.add_argument("--rows", type=int, default=3)
options.add_argument("--length", type=int, default=12)
options.add_argument("--greedy", type=int, default=16)
options.add_argument("--seed", type=int, default=7)
given = options.parse_args()


def source():
    """The folder and, of a GGUF file, its name."""
    if given.model.endswith(".gguf"):
        return os.path.dirname(os.path.abspath(given.model)), {"gguf_file": os.path.basename(given.model)}
    return given.model, {}


def kind(config):
    name = (config.architectures or [""])[0]
    if config.is_encoder_decoder:
        return AutoModelForSeq2SeqLM
    if name.endswith("ForSequenceClassification"):
        return AutoModelForSequenceClassification
    if name.endswith("ForMaskedLM"):
        return AutoModelForMaskedLM
    if name.endswith(("ForCausalLM", "LMHeadModel")):
        return AutoModelForCausalLM
    return AutoModel


folder, gguf = source()
config = AutoConfig.from_pretrained(folder, **gguf)
auto = AutoModelForCausalLM if gguf else kind(config)
model = auto.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager", **gguf).eval()
if given.adapter:
    from peft import PeftModel
    model = PeftModel.from_pretrained(model, given.adapter).eval()

text = config.get_text_config()
pad = text.pad_token_id if text.pad_token_id is not None else 0
chance = torch.Generator().manual_seed(given.seed)
ids = torch.randint(5, text.vocab_size, (given.rows, given.length), generator=chance)
ids[ids == pad] = 4 if pad == 5 else 5
mask = torch.ones_like(ids)
for row in range(1, given.rows):  # every row shorter than the one before it, padded on the right
    mask[row, max(1, given.length - row * given.length // given.rows):] = 0
ids = torch.where(mask == 1, ids, pad)
inputs = {"input_ids": ids, "attention_mask": mask}
if config.is_encoder_decoder:
    inputs["decoder_input_ids"] = torch.randint(5, text.vocab_size, (given.rows, 7), generator=chance)

with torch.no_grad():
    output = model(**inputs)
    logits = output.last_hidden_state if auto is AutoModel else output.logits
reference = {name: values.tolist() for name, values in inputs.items()}
reference["shape"] = list(logits.shape)
reference["logits"] = [float(f"{value:.7g}") for value in logits.float().flatten().tolist()]
if given.greedy and auto in (AutoModelForCausalLM, AutoModelForSeq2SeqLM):
    # Plain greedy decoding, whatever the model's generation_config.json would change.
    answers = auto is AutoModelForSeq2SeqLM
    said = torch.tensor([[config.decoder_start_token_id]]) if answers else ids[:1]
    step, kept = said, None
    with torch.no_grad():
        for _ in range(given.greedy):
            asked = {"input_ids": ids[:1], "decoder_input_ids": said} if answers else {
                "input_ids": step, "past_key_values": kept, "use_cache": True}
            output = model(**asked)
            step, kept = output.logits[:, -1:].argmax(-1), output.past_key_values
            said = torch.cat([said, step], 1)
    reference["greedy"] = said[0].tolist()
with open(given.out, "w") as file:
    json.dump(reference, file, separators=(",", ":"))
print(f"{given.out}: {len(reference['logits'])} logits of {type(model).__name__}")

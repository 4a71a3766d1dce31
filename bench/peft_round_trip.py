"""Adapters between Sartor and HF PEFT, both ways: the same logits in fp32.

usage: peft_round_trip.py SARTOR GGUF ADAPTER OUT_JSON
  SARTOR   the launcher, such as ./sartor
  GGUF     SmolLM2-135M-Instruct.Q4_1.gguf
  ADAPTER  an adapter that Sartor wrote, such as helpdesk/runs/adapters/route-…
Needs: torch transformers peft gguf. Writes what was measured as JSON and exits with 1 where a difference is above 1e-3.
"""
import argparse, json, os, sys, tempfile

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
for name in ("sartor", "gguf", "adapter", "out"):
    a.add_argument(name)
a = a.parse_args()
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

sartor, gguf, adapter, out = a.sartor, a.gguf, a.adapter, a.out
sitting = common.Sitting(sartor)
TOLERANCE = 1e-3
load = lambda: AutoModelForCausalLM.from_pretrained(os.path.dirname(gguf), gguf_file=os.path.basename(gguf), dtype=torch.float32).eval()
ids = torch.tensor([[1, 4093, 198, 1780, 536, 2025, 6403, 1980, 2, 198], [1, 520, 9531, 198, 504, 3575, 282, 4649, 314, 0]])
mask = torch.ones_like(ids)
mask[1, 9] = 0


def check(name, model, folder, work):
    """Writes PEFT's logits as a reference and lets Sartor hold its own against them."""
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask).logits
    file = f"{work}/{name}.json"
    json.dump({"input_ids": ids.tolist(), "attention_mask": mask.tolist(), "shape": list(logits.shape), "logits": logits.flatten().tolist()}, open(file, "w"))
    run = common.sartor(sartor, "models", "verify", gguf, "--adapter", folder, "--reference", file, "--tolerance", TOLERANCE, "--json", stop=False)
    print(name, run.stdout.strip() or run.stderr.strip())
    return json.loads(run.stdout) if run.stdout else {"agrees": False, "error": run.stderr}


with tempfile.TemporaryDirectory() as work:
    with torch.no_grad():
        bare = load()(input_ids=ids, attention_mask=mask).logits
    ours = PeftModel.from_pretrained(load(), adapter).eval()
    with torch.no_grad():
        moved = (ours(input_ids=ids, attention_mask=mask).logits - bare).abs().max().item()
    result = {"written by Sartor, read by PEFT": check("ours", ours, adapter, work) | {"adapter_moves_logits_by": moved}}
    torch.manual_seed(1)
    theirs = get_peft_model(load(), LoraConfig(r=8, lora_alpha=16, target_modules=["q_proj", "v_proj", "down_proj"], task_type="CAUSAL_LM")).eval()
    with torch.no_grad():
        for name, parameter in theirs.named_parameters():
            if "lora_B" in name:
                parameter.normal_(0, 0.02)
    theirs.save_pretrained(f"{work}/peft")
    result["written by PEFT, read by Sartor"] = check("theirs", theirs, f"{work}/peft", work)
common.write(out, sitting.about() | result)
sys.exit(0 if all(part["agrees"] for part in result.values()) else 1)

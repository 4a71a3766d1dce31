"""Adapters of PEFT's less usual forms on the tiny models of the test resources, with the logits that PEFT computes in fp32.

usage: tiny_adapters.py MODEL OUT [NAME ...]
  MODEL  a folder with config.json, model.safetensors and reference.json, such as engine/model/src/test/resources/reference/llama
  OUT    receives NAME/adapter_config.json, adapter_model.safetensors and reference.json for each form (all, or those named)
Needs: torch 2.15.0 transformers 5.24.0 peft 0.21.2.
"""
import json, os, sys, torch, warnings
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
source, out, wanted = sys.argv[1], sys.argv[2], sys.argv[3:]
reference = json.load(open(f"{source}/reference.json"))
ids, mask = (torch.tensor(reference[key]) for key in ("input_ids", "attention_mask"))

FORMS = {
    "layers": dict(target_modules=["q_proj", "down_proj"], layers_to_transform=[1], layers_pattern="layers"),
    "one-layer": dict(target_modules=["v_proj"], layers_to_transform=0),
    "regex": dict(target_modules=r"model\.layers\.\d\.(self_attn\.[qk]_proj|mlp\.up_proj)"),
    "excluded": dict(target_modules="all-linear", exclude_modules=r".*\.0\..*_proj"),
    "default": dict(),
    "saved": dict(target_modules=["q_proj", "v_proj"], modules_to_save=["lm_head", "embed_tokens"]),
    "saved-part": dict(target_modules=["o_proj"], modules_to_save=["k_proj", "norm"]),
    "embeddings": dict(target_modules=["embed_tokens", "q_proj", "lm_head"]),
    "embeddings-dora": dict(target_modules=["embed_tokens", "lm_head", "up_proj"], use_dora=True),
    "dora-patterns": dict(target_modules=["q_proj", "v_proj", "gate_proj", "down_proj"], use_dora=True, use_rslora=True,
                          rank_pattern={"layers.1.self_attn.q_proj": 2, "v_proj": 6}, alpha_pattern={"mlp.gate_proj": 3, r".*\.0\..*proj": 5}),
    "bias-lora": dict(target_modules=["q_proj", "o_proj"], bias="lora_only"),
    "bias-all": dict(target_modules=["q_proj", "o_proj"], bias="all"),
    "bias-dora": dict(target_modules=["q_proj", "o_proj"], bias="all", use_dora=True),
}


def write(name, settings):
    model = AutoModelForCausalLM.from_pretrained(source, dtype=torch.float32).eval()
    chance = torch.Generator().manual_seed(sum(name.encode()))
    adapted = get_peft_model(model, LoraConfig(**{"r": 4, "lora_alpha": 8, "task_type": "CAUSAL_LM"} | settings)).eval()
    with torch.no_grad():
        for key, parameter in adapted.named_parameters():
            random = torch.randn(parameter.shape, generator=chance)
            if "lora_magnitude" in key:
                parameter.mul_(1 + 0.2 * random)
            elif parameter.requires_grad:  # matrices, whole modules, biases
                parameter.add_(random * 0.1)
    folder = f"{out}/{name}"
    adapted.peft_config["default"].base_model_name_or_path = "tiny"
    adapted.save_pretrained(folder)
    if os.path.exists(f"{folder}/README.md"):
        os.remove(f"{folder}/README.md")
    # As it is loaded again: saving sorts the patterns, of which the first that matches counts.
    again = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(source, dtype=torch.float32), folder).eval()
    with torch.no_grad():
        logits = again(input_ids=ids, attention_mask=mask).logits
    values = [float(f"{x:.7g}") for x in logits.flatten().tolist()]
    with open(f"{folder}/reference.json", "w") as file:
        json.dump({"shape": list(logits.shape), "logits": values}, file, separators=(",", ":"))
    print(name, "moves the logits by", (logits.flatten() - torch.tensor(reference["logits"])).abs().max().item())


for name in wanted or FORMS:
    write(name, FORMS[name])

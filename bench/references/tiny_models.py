"""Tiny random models with what transformers and PEFT compute for them in fp32, as the tests of the room `model` read them.

Needs: torch transformers peft safetensors. Usage: tiny_models.py OUT [seed [NAME...]]
Each folder has config.json and model.safetensors, reference.json (logits of three rows padded on the right, greedy tokens of row 0)
and lora/ (a PEFT adapter and the logits with it on). The configurations are chosen so that every setting of a family matters.
"""
import copy, json, os, sys
import torch, transformers as tf
from peft import LoraConfig, get_peft_model

OUT, SEED, ONLY = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 11, sys.argv[3:]
torch.set_num_threads(1)
SIZES = dict(hidden_size=32, intermediate_size=56, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2)
COMMON = dict(**SIZES, vocab_size=97, max_position_embeddings=128, pad_token_id=0, bos_token_id=1, eos_token_id=2)
WINDOWS = ["sliding_attention", "full_attention", "sliding_attention"]
NEOX = {k: v for k, v in COMMON.items() if k != "num_key_value_heads"}
MOE = dict(num_experts=5, num_experts_per_tok=2, moe_intermediate_size=16, head_dim=8)


def architectures():
    rope = dict(rope_theta=10000.0)
    yield "llama-yarn", tf.LlamaForCausalLM(tf.LlamaConfig(**COMMON | dict(num_key_value_heads=4), head_dim=12, attention_bias=True, mlp_bias=True,
        tie_word_embeddings=True, rope_parameters=dict(**rope, rope_type="yarn", factor=4.0, original_max_position_embeddings=16)))
    yield "llama-yarn-scaled", tf.LlamaForCausalLM(tf.LlamaConfig(**COMMON, head_dim=16, rope_parameters=dict(rope_theta=500.0, rope_type="yarn",
        factor=8.0, original_max_position_embeddings=16, beta_fast=4.0, beta_slow=0.5, mscale=1.3, mscale_all_dim=0.7, truncate=False)))
    yield "llama-linear", tf.LlamaForCausalLM(tf.LlamaConfig(**COMMON, hidden_act="gelu", rope_parameters=dict(rope_theta=5000.0, rope_type="linear", factor=2.5)))
    yield "llama-dynamic", tf.LlamaForCausalLM(tf.LlamaConfig(**COMMON | dict(max_position_embeddings=8), hidden_act="relu",
        rope_parameters=dict(**rope, rope_type="dynamic", factor=3.0)))
    yield "mistral-window", tf.MistralForCausalLM(tf.MistralConfig(**COMMON, sliding_window=3, head_dim=10))
    yield "qwen2-window", tf.Qwen2ForCausalLM(tf.Qwen2Config(**COMMON, use_sliding_window=True, sliding_window=4, max_window_layers=1, tie_word_embeddings=True))
    yield "qwen3-window", tf.Qwen3ForCausalLM(tf.Qwen3Config(**COMMON | dict(num_hidden_layers=3), head_dim=6, attention_bias=True, use_sliding_window=True,
        sliding_window=5, layer_types=WINDOWS))
    yield "qwen3-moe", tf.Qwen3MoeForCausalLM(tf.Qwen3MoeConfig(**COMMON, **MOE, norm_topk_prob=True, decoder_sparse_step=2))
    yield "qwen3-moe-raw", tf.Qwen3MoeForCausalLM(tf.Qwen3MoeConfig(**COMMON, **MOE, mlp_only_layers=[1], use_sliding_window=True, sliding_window=6, tie_word_embeddings=True))
    yield "gemma2", tf.Gemma2ForCausalLM(tf.Gemma2Config(**COMMON, head_dim=10, query_pre_attn_scalar=20, sliding_window=4, attn_logit_softcapping=1.5, final_logit_softcapping=2.5))
    yield "gemma3-scaled", tf.Gemma3ForCausalLM(tf.Gemma3TextConfig(**COMMON | dict(num_hidden_layers=3), head_dim=14, query_pre_attn_scalar=9, sliding_window=5,
        layer_types=WINDOWS, final_logit_softcapping=4.0, attention_bias=True, rope_parameters=dict(full_attention=dict(rope_theta=70000.0, rope_type="linear", factor=8.0),
        sliding_attention=dict(rope_theta=300.0, rope_type="default"))))
    yield "phi3-longrope", tf.Phi3ForCausalLM(tf.Phi3Config(**COMMON, original_max_position_embeddings=8, partial_rotary_factor=0.5, rope_parameters=dict(**rope,
        partial_rotary_factor=0.5, rope_type="longrope", short_factor=[1.0, 1.2], long_factor=[1.5, 4.0])))
    yield "phi3-shortrope", tf.Phi3ForCausalLM(tf.Phi3Config(**COMMON, sliding_window=7, tie_word_embeddings=True, original_max_position_embeddings=64,
        rope_parameters=dict(**rope, rope_type="longrope", short_factor=[1.0, 1.2, 1.5, 2.0], long_factor=[1.5, 4.0, 8.0, 16.0])))
    yield "gpt2-relu", tf.GPT2LMHeadModel(tf.GPT2Config(vocab_size=97, n_embd=32, n_layer=2, n_head=2, n_inner=40, n_positions=64, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0,
        activation_function="relu", scale_attn_by_inverse_layer_idx=True, tie_word_embeddings=False, bos_token_id=1, eos_token_id=2))
    yield "gpt-neox", tf.GPTNeoXForCausalLM(tf.GPTNeoXConfig(**NEOX, rope_parameters=dict(rope_theta=500.0, rope_type="default", partial_rotary_factor=0.5)))
    yield "gpt-neox-sequential", tf.GPTNeoXForCausalLM(tf.GPTNeoXConfig(**NEOX, use_parallel_residual=False, attention_bias=False, hidden_act="gelu_new",
        layer_norm_eps=1e-3, tie_word_embeddings=True))
    yield "smollm3", tf.SmolLM3ForCausalLM(tf.SmolLM3Config(**COMMON | dict(num_hidden_layers=4), attention_bias=True))


def older(name, config):
    """As transformers 4 spells it, without the keys that have their default."""
    defaults = type(tf.AutoConfig.from_pretrained(f"{OUT}/{name}"))().to_dict()
    config = {k: v for k, v in config.items() if k in ("model_type", "num_hidden_layers") or v != defaults.get(k, "") or k in SIZES}
    config["torch_dtype"] = config.pop("dtype", "float32")
    rope = config.pop("rope_parameters", {})
    if "full_attention" in rope:
        config["rope_local_base_freq"] = rope["sliding_attention"]["rope_theta"]
        rope = rope["full_attention"]
    if name.startswith("gpt-neox"):
        return config | {"rotary_emb_base": rope.pop("rope_theta", 10000.0), "rotary_pct": rope.pop("partial_rotary_factor", 0.25)}
    if rope:
        config["rope_theta"] = rope.pop("rope_theta", 10000.0)
        if "partial_rotary_factor" in rope:
            config["partial_rotary_factor"] = rope.pop("partial_rotary_factor")
        kind = rope.pop("rope_type", "default")
        if kind != "default":
            config["rope_scaling"] = rope | {"rope_type" if name.startswith("gemma") else "type": kind}
    return config


TRAINED = ["gemma2", "qwen3-moe", "gpt-neox", "smollm3"]
OLDER = ["llama-linear", "gemma3-scaled", "phi3-shortrope", "gpt-neox", "qwen2-window", "mistral-window"]


def randomise(model, name):
    with torch.no_grad():
        for n, p in model.named_parameters():
            if p.dim() == 1:
                p.copy_(torch.randn_like(p) * 0.1 + (1.0 if n.endswith("weight") and "gemma" not in name else 0.0))
            else:
                p.copy_(torch.randn_like(p) * (0.6 if "mlp.gate." in n else 0.2))


def floats(t):
    return [float(f"{x:.7g}") for x in t.detach().float().flatten().tolist()]


def save(path, value):
    os.makedirs(os.path.dirname(f"{OUT}/{path}"), exist_ok=True)
    with open(f"{OUT}/{path}", "w") as f:
        json.dump(value, f, separators=(",", ":"))


def adapter(model, name, inputs, generator):
    targets = {"gpt2": ["c_attn", "c_proj", "c_fc"], "qwen3-moe": ["q_proj", "k_proj", "v_proj", "o_proj"]}.get(name.removesuffix("-relu").removesuffix("-raw"), "all-linear")
    worn = get_peft_model(copy.deepcopy(model), LoraConfig(r=3, lora_alpha=6, target_modules=targets, fan_in_fan_out=name.startswith("gpt2"), task_type="CAUSAL_LM")).eval()
    with torch.no_grad():
        for n, p in worn.named_parameters():
            if "lora_" in n:
                p.copy_(torch.randn(p.shape, generator=generator) * 0.1)
        logits = worn(**inputs).logits
    worn.save_pretrained(f"{OUT}/{name}/lora")
    os.remove(f"{OUT}/{name}/lora/README.md")
    save(f"{name}/lora/reference.json", {"shape": list(logits.shape), "logits": floats(logits)})
    if name in TRAINED:
        train(worn, name, **inputs)


def train(worn, name, input_ids, attention_mask):
    """Six AdamW steps of the adapter as it was saved; the first three tokens are not learned."""
    labels = input_ids.masked_fill(attention_mask == 0, -100)
    labels[:, :3] = -100
    parameters = [p for p in worn.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=1e-2, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)
    steps = []
    for _ in range(6):
        loss = worn.train()(input_ids=input_ids, attention_mask=attention_mask, labels=labels).loss
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        steps.append({"loss": float(f"{loss.item():.7g}"), "grad_norm": float(f"{norm.item():.7g}")})
    save(f"{name}/lora/training.json", {"note": "adapter as saved here, AdamW lr 1e-2 betas .9 .999 eps 1e-8 wd .01, clip 1.0, fp32", "steps": steps,
        "input_ids": input_ids.tolist(), "attention_mask": attention_mask.tolist(), "labels": labels.tolist()})


def write(name, model):
    model = model.eval().float()
    randomise(model, name)
    model.save_pretrained(f"{OUT}/{name}")
    if os.path.exists(f"{OUT}/{name}/generation_config.json"):
        os.remove(f"{OUT}/{name}/generation_config.json")
    if name in OLDER:
        path = f"{OUT}/{name}/config.json"
        config = older(name, json.load(open(path)))
        json.dump(config, open(path, "w"), indent=2)
        again = tf.AutoModelForCausalLM.from_pretrained(f"{OUT}/{name}", attn_implementation=model.config._attn_implementation).eval()
    else:
        again = model
    generator = torch.Generator().manual_seed(SEED)
    ids = torch.randint(3, 97, (3, 12), generator=generator)
    mask = torch.ones_like(ids)
    mask[1, 9:] = 0
    mask[2, 5:] = 0
    ids = ids * mask
    inputs = {"input_ids": ids, "attention_mask": mask}
    with torch.no_grad():
        logits = again(**inputs).logits
        assert (logits - model(**inputs).logits)[mask == 1].abs().max() < 1e-5, f"{name}: the older spelling says something else"
    adapter(model, name, inputs, generator)  # before anything longer is computed: dynamic ropes remember the longest text
    with torch.no_grad():
        greedy = model.generate(input_ids=ids[:1], attention_mask=mask[:1], max_new_tokens=16, do_sample=False, eos_token_id=None, pad_token_id=0)[0].tolist()
    save(f"{name}/reference.json", {"input_ids": ids.tolist(), "attention_mask": mask.tolist(), "shape": list(logits.shape), "logits": floats(logits), "greedy": greedy})


torch.manual_seed(SEED)
for name, model in architectures():
    if not ONLY or name in ONLY:
        write(name, model)
        print("wrote", name, flush=True)

"""Tiny models as GGUF files, by the rules of llama.cpp's convert_hf_to_gguf.py: what is renamed, permuted, transposed, shifted, joined.

Needs: torch transformers gguf safetensors. Usage: tiny_gguf.py FOLDER_OF_MODELS OUT NAME...
Where the converter has no key for a setting that a tiny model has and real ones of its kind do not, the key that GGUF has for it is
written (attention.scale, sliding_window_pattern, rope.freq_base), since the files are there to test a reader.
"""
import math, os, re, sys
import gguf, torch, transformers as tf
from safetensors.torch import load_file

MODELS, OUT, NAMES = sys.argv[1], sys.argv[2], sys.argv[3:]
ARCHITECTURES = {"llama": "LLAMA", "mistral": "LLAMA", "qwen2": "QWEN2", "qwen3": "QWEN3", "qwen3_moe": "QWEN3MOE", "gemma2": "GEMMA2",
                 "gemma3_text": "GEMMA3", "phi3": "PHI3", "gpt2": "GPT2", "gpt_neox": "GPTNEOX", "smollm3": "SMOLLM3"}


def permuted(rows, heads):
    return rows.reshape(heads, 2, rows.shape[0] // heads // 2, *rows.shape[1:]).swapaxes(1, 2).reshape(rows.shape)


def tensors(kind, c, weights):
    """The converter's modify_tensors."""
    experts = {}
    for name, t in weights.items():
        if kind in ("llama", "mistral", "smollm3"):
            if re.search(r"q_proj\.(weight|bias)$", name):
                t = permuted(t, c.num_attention_heads)
            elif re.search(r"k_proj\.(weight|bias)$", name):
                t = permuted(t, c.num_key_value_heads)
        if kind.startswith("gemma") and name.endswith("norm.weight"):
            t = t + 1
        if kind == "gpt2" and re.search(r"\.(c_attn|c_fc|c_proj)\.weight$", name):
            t = t.T
        if kind == "gpt_neox" and "query_key_value" in name:
            heads, width = c.num_attention_heads, c.hidden_size // c.num_attention_heads
            t = t.reshape(heads, 3, width, *t.shape[1:]).swapaxes(0, 1).reshape(t.shape)
        expert = re.fullmatch(r"(model\.layers\.\d+\.mlp\.experts)\.(\d+)\.(\w+)\.weight", name)
        if expert:
            experts.setdefault(f"{expert[1]}.{expert[3]}.weight", {})[int(expert[2])] = t
        else:
            yield name, t
    for name, parts in experts.items():
        yield name, torch.stack([parts[i] for i in range(len(parts))])


def parameters(w, kind, c, rope):
    """The converter's set_gguf_parameters."""
    layers, width, heads = c.num_hidden_layers, c.hidden_size, c.num_attention_heads
    head = getattr(c, "head_dim", None) or width // heads
    w.add_context_length(c.max_position_embeddings)
    w.add_embedding_length(width)
    w.add_block_count(layers)
    w.add_head_count(heads)
    w.add_file_type(gguf.LlamaFileType.ALL_F32)
    w.add_feed_forward_length(c.n_inner or 4 * width if kind == "gpt2" else c.intermediate_size)
    if kind in ("gpt2", "gpt_neox"):
        w.add_layer_norm_eps(c.layer_norm_epsilon if kind == "gpt2" else c.layer_norm_eps)
    else:
        w.add_head_count_kv(c.num_key_value_heads)
        w.add_layer_norm_rms_eps(c.rms_norm_eps)
    if kind == "gpt2":
        return
    whole = rope.get("full_attention", rope)
    w.add_rope_freq_base(whole["rope_theta"])
    if kind == "gpt_neox":
        w.add_parallel_residual(c.use_parallel_residual)
    if kind in ("gpt_neox", "phi3"):
        w.add_rope_dimension_count(int(whole.get("partial_rotary_factor", 1.0) * width) // heads)
    elif kind in ("llama", "mistral", "smollm3"):
        w.add_rope_dimension_count(head)
        w.add_vocab_size(c.vocab_size)
    if kind not in ("gpt_neox", "phi3") and getattr(c, "head_dim", None):
        w.add_key_length(head)
        w.add_value_length(head)
    if kind == "phi3":
        w.add_rope_scaling_orig_ctx_len(c.original_max_position_embeddings)
        w.add_sliding_window(c.sliding_window or 0)
    if kind in ("mistral", "gemma2", "gemma3_text"):
        w.add_sliding_window(c.sliding_window)
    if kind == "gemma3_text":
        w.add_rope_freq_base_swa(rope["sliding_attention"]["rope_theta"])
        w.add_sliding_window_pattern([t == "sliding_attention" for t in c.layer_types])
    if kind.startswith("gemma"):
        w.add_float32(f"{w.arch}.attention.scale", c.query_pre_attn_scalar ** -0.5)
        if kind == "gemma2":
            w.add_attn_logit_softcapping(c.attn_logit_softcapping)
        if c.final_logit_softcapping:
            w.add_final_logit_softcapping(c.final_logit_softcapping)
    if kind == "qwen3_moe":
        w.add_expert_count(c.num_experts)
        w.add_expert_used_count(c.num_experts_per_tok)
        w.add_expert_feed_forward_length(c.moe_intermediate_size)
    scaling(w, c, whole)


def scaling(w, c, rope):
    kind = rope.get("rope_type", "default")
    if kind == "linear":
        w.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        w.add_rope_scaling_factor(rope["factor"])
    elif kind == "yarn":
        w.add_rope_scaling_type(gguf.RopeScalingType.YARN)
        w.add_rope_scaling_factor(rope["factor"])
        w.add_rope_scaling_orig_ctx_len(rope["original_max_position_embeddings"])
    elif kind == "longrope":
        w.add_rope_scaling_type(gguf.RopeScalingType.LONGROPE)
        scale, reach = c.max_position_embeddings / c.original_max_position_embeddings, c.original_max_position_embeddings
        w.add_rope_scaling_attn_factors(math.sqrt(1 + math.log(scale) / math.log(reach)) if scale > 1 else 1.0)
        w.add_tensor("rope_factors_long.weight", torch.tensor(rope["long_factor"]).float().numpy())
        w.add_tensor("rope_factors_short.weight", torch.tensor(rope["short_factor"]).float().numpy())
    elif kind == "llama3":
        head = getattr(c, "head_dim", None) or c.hidden_size // c.num_attention_heads
        factor, low, high, reach = (rope[k] for k in ("factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"))
        factors = []
        for i in range(0, head, 2):
            length = 2 * math.pi * rope["rope_theta"] ** (i / head)
            smooth = (reach / length - low) / (high - low)
            factors.append(1.0 if length < reach / high else factor if length > reach / low else 1 / ((1 - smooth) / factor + smooth))
        w.add_tensor("rope_freqs.weight", torch.tensor(factors).float().numpy())


os.makedirs(OUT, exist_ok=True)
for name in NAMES:
    c = tf.AutoConfig.from_pretrained(f"{MODELS}/{name}")
    kind = c.model_type
    arch = getattr(gguf.MODEL_ARCH, ARCHITECTURES[kind])
    w = gguf.GGUFWriter(f"{OUT}/{name}.gguf", gguf.MODEL_ARCH_NAMES[arch])
    w.add_name(name)
    parameters(w, kind, c, getattr(c, "rope_parameters", None) or {})
    mapping = gguf.get_tensor_name_map(arch, c.num_hidden_layers)
    llama = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, c.num_hidden_layers)
    for tensor, t in tensors(kind, c, load_file(f"{MODELS}/{name}/model.safetensors")):
        # Qwen3-MoE's own names have no dense layers.
        renamed = mapping.get_name(tensor, try_suffixes=(".weight", ".bias")) or llama.get_name(tensor, try_suffixes=(".weight", ".bias"))
        if renamed is None:
            sys.exit(f"{name}: GGUF has no name for {tensor}")
        w.add_tensor(renamed, t.float().contiguous().numpy())
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()
    print("wrote", name)

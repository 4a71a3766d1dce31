"""Tiny random encoders and encoder-decoders with what transformers and PEFT compute for them in fp32.

Needs: torch transformers peft. Usage: tiny_encoders.py OUT [seed]. Writes a folder per model: the model as transformers
saves it, reference.json (right-padded input_ids, attention_mask, logits and, where the model writes, greedy tokens of
row 0), and for some an adapter `lora` as PEFT saves it with the logits when it is on. The models' settings differ from
the defaults wherever a family allows it, so that a reader that assumes one is found out.
"""
import json
import os
import sys

import torch
import transformers as tf
from peft import LoraConfig, get_peft_model

OUT, SEED = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 11
VOCABULARY, LENGTH = 97, 26
torch.set_num_threads(1)


def write(path, value):
    os.makedirs(os.path.dirname(f"{OUT}/{path}"), exist_ok=True)
    with open(f"{OUT}/{path}", "w") as file:
        json.dump(value, file, separators=(",", ":"))


def floats(tensor):
    return [float(f"{x:.7g}") for x in tensor.flatten().tolist()]


def labels(count):
    return dict(id2label={i: f"class {i}" for i in range(count)}, label2id={f"class {i}": i for i in range(count)})


def bert(**more):
    return dict(vocab_size=VOCABULARY, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
                max_position_embeddings=40, **more)


def models():
    """Name, network, the layers that an adapter changes (or none)."""
    yield "bert-one-segment", tf.BertForSequenceClassification(tf.BertConfig(
        **bert(hidden_act="gelu_new", type_vocab_size=1, layer_norm_eps=1e-3), num_labels=1)), None
    yield "roberta-masked-lm", tf.RobertaForMaskedLM(tf.RobertaConfig(**bert(hidden_act="relu", pad_token_id=4))), ["query", "value", "dense"]
    yield "roberta-classifier", tf.RobertaForSequenceClassification(tf.RobertaConfig(
        **bert(type_vocab_size=1), problem_type="multi_label_classification", **labels(3))), None
    small = dict(vocab_size=VOCABULARY, dim=24, n_layers=2, n_heads=4, hidden_dim=40, max_position_embeddings=40)
    yield "distilbert-masked-lm", tf.DistilBertForMaskedLM(tf.DistilBertConfig(**small, activation="relu")), ["q_lin", "v_lin", "lin1"]
    yield "distilbert-classifier", tf.DistilBertForSequenceClassification(tf.DistilBertConfig(**small, sinusoidal_pos_embds=True, **labels(4))), None
    yield "mpnet-masked-lm", tf.MPNetForMaskedLM(tf.MPNetConfig(**bert())), ["q", "k", "v", "o"]
    yield "mpnet-classifier", tf.MPNetForSequenceClassification(tf.MPNetConfig(**bert(), **labels(2))), None
    modern = dict(vocab_size=VOCABULARY, hidden_size=24, intermediate_size=20, num_hidden_layers=4, num_attention_heads=3, max_position_embeddings=64,
                  local_attention=8, pad_token_id=0, bos_token_id=1, eos_token_id=2, cls_token_id=1, sep_token_id=2)
    yield "modernbert-masked-lm", tf.ModernBertForMaskedLM(tf.ModernBertConfig(**modern)), ["Wqkv", "Wo", "Wi"]
    yield "modernbert-classifier", tf.ModernBertForSequenceClassification(tf.ModernBertConfig(
        **modern, classifier_pooling="mean", norm_bias=True, attention_bias=True, mlp_bias=True, classifier_bias=True, hidden_activation="silu",
        classifier_activation="relu", layer_types=["sliding_attention", "full_attention", "sliding_attention", "sliding_attention"],
        rope_parameters={"full_attention": {"rope_type": "default", "rope_theta": 5000.0}, "sliding_attention": {"rope_type": "default", "rope_theta": 50.0}},
        **labels(3))), None
    t5 = dict(vocab_size=VOCABULARY, d_model=24, d_kv=5, d_ff=40, num_heads=3, dropout_rate=0.0)
    yield "flan-t5", tf.T5ForConditionalGeneration(tf.T5Config(
        **t5, num_layers=3, num_decoder_layers=2, feed_forward_proj="gated-gelu", relative_attention_num_buckets=6, relative_attention_max_distance=12,
        decoder_start_token_id=3, tie_word_embeddings=False, layer_norm_epsilon=1e-3)), ["q", "v", "wi_1", "wo"]
    yield "t5-silu", tf.T5ForConditionalGeneration(tf.T5Config(
        **t5, num_layers=1, feed_forward_proj="gated-silu", relative_attention_num_buckets=10, relative_attention_max_distance=40, decoder_start_token_id=0)), None
    marks = labels(5)
    yield "bert-tokens", tf.BertForTokenClassification(tf.BertConfig(**bert(), **marks)), None
    yield "roberta-tokens", tf.RobertaForTokenClassification(tf.RobertaConfig(**bert(pad_token_id=4), **marks)), None
    yield "distilbert-tokens", tf.DistilBertForTokenClassification(tf.DistilBertConfig(**small, **marks)), None
    yield "mpnet-tokens", tf.MPNetForTokenClassification(tf.MPNetConfig(**bert(), **marks)), None


def randomise(network, name):
    with torch.no_grad():
        for key, parameter in network.named_parameters():
            scale = 0.15 if parameter.dim() > 1 else 0.05
            parameter.copy_(torch.randn_like(parameter) * scale + (1.0 if "norm" in key.lower() and key.endswith("weight") else 0.0))
        if hasattr(network, "tie_weights") and name != "flan-t5":
            network.tie_weights()


def inputs(network, generator):
    ids = torch.randint(5, VOCABULARY, (3, LENGTH), generator=generator)
    mask = torch.ones_like(ids)
    mask[1, 19:] = 0
    mask[2, 5:] = 0
    ids = torch.where(mask == 1, ids, torch.tensor(network.config.pad_token_id))
    keys = {"input_ids": ids, "attention_mask": mask}
    if network.config.is_encoder_decoder:
        keys["decoder_input_ids"] = torch.randint(5, VOCABULARY, (3, 9), generator=generator)
    return keys


def main():
    torch.manual_seed(SEED)
    for name, network, targets in models():
        network = network.eval().float()
        randomise(network, name)
        network.save_pretrained(f"{OUT}/{name}")
        generator = torch.Generator().manual_seed(SEED)
        keys = inputs(network, generator)
        with torch.no_grad():
            logits = network(**keys).logits
            reference = {key: value.tolist() for key, value in keys.items()}
            reference |= {"shape": list(logits.shape), "logits": floats(logits)}
            if network.config.is_encoder_decoder:
                said = network.generate(input_ids=keys["input_ids"][:1], attention_mask=keys["attention_mask"][:1], max_new_tokens=12, do_sample=False,
                                        eos_token_id=None, pad_token_id=0)
                reference["greedy"] = said[0].tolist()
        write(f"{name}/reference.json", reference)
        if os.path.exists(f"{OUT}/{name}/generation_config.json"):
            os.remove(f"{OUT}/{name}/generation_config.json")
        if not targets:
            continue
        adapted = get_peft_model(network, LoraConfig(r=2, lora_alpha=6, target_modules=targets)).eval()
        with torch.no_grad():
            for key, parameter in adapted.named_parameters():
                if "lora_" in key:
                    parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.1)
            logits = adapted(**keys).logits
        adapted.save_pretrained(f"{OUT}/{name}/lora")
        if os.path.exists(f"{OUT}/{name}/lora/README.md"):
            os.remove(f"{OUT}/{name}/lora/README.md")
        write(f"{name}/lora/reference.json", {"shape": list(logits.shape), "logits": floats(logits)})


main()

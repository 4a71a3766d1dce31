"""A tiny random BERT and T5 as GGUF files, named by gguf-py's own mapping, with what transformers computes for them in fp32.

Needs: torch transformers gguf. Usage: tiny_ggufs.py OUT [seed]. Writes bert/model.gguf with reference.json (input_ids, the
last layer's states) and t5/model.gguf with reference.json (input_ids, decoder_input_ids, logits).
"""
import json
import os
import sys

import gguf
import torch
import transformers as tf

OUT, SEED = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
torch.set_num_threads(1)


def floats(tensor):
    return [float(f"{x:.7g}") for x in tensor.flatten().tolist()]


def randomise(network):
    with torch.no_grad():
        for key, parameter in network.named_parameters():
            scale = 0.2 if parameter.dim() > 1 else 0.05
            parameter.copy_(torch.randn_like(parameter) * scale + (1.0 if "norm" in key.lower() and key.endswith("weight") else 0.0))
    return network.eval()


def write(folder, architecture, settings, network, reference):
    os.makedirs(f"{OUT}/{folder}", exist_ok=True)
    writer = gguf.GGUFWriter(f"{OUT}/{folder}/model.gguf", gguf.MODEL_ARCH_NAMES[architecture])
    settings(writer)
    names = gguf.get_tensor_name_map(architecture, 2)
    seen = set()
    for key, value in network.state_dict().items():
        name = names.get_name(key, try_suffixes=(".weight", ".bias"))
        if name and value.data_ptr() not in seen:
            seen.add(value.data_ptr())
            writer.add_tensor(name, value.numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with open(f"{OUT}/{folder}/reference.json", "w") as file:
        json.dump(reference, file, separators=(",", ":"))


def bert():
    network = randomise(tf.BertModel(tf.BertConfig(vocab_size=61, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
                                                   max_position_embeddings=32), add_pooling_layer=False))
    ids = torch.randint(3, 61, (1, 14))
    with torch.no_grad():
        states = network(input_ids=ids).last_hidden_state

    def settings(writer):
        writer.add_context_length(32)
        writer.add_embedding_length(16)
        writer.add_feed_forward_length(24)
        writer.add_block_count(2)
        writer.add_head_count(2)
        writer.add_layer_norm_eps(1e-12)
        writer.add_causal_attention(False)
        writer.add_token_type_count(2)

    write("bert", gguf.MODEL_ARCH.BERT, settings, network, {"input_ids": ids.tolist(), "states": floats(states)})


def t5():
    network = randomise(tf.T5ForConditionalGeneration(tf.T5Config(
        vocab_size=61, d_model=16, d_kv=6, d_ff=24, num_layers=2, num_decoder_layers=2, num_heads=2, feed_forward_proj="gated-gelu", tie_word_embeddings=False,
        relative_attention_num_buckets=8, decoder_start_token_id=0)))
    network.lm_head.weight = torch.nn.Parameter(torch.randn(61, 16) * 0.2)
    ids, said = torch.randint(3, 61, (2, 20)), torch.randint(3, 61, (2, 7))
    with torch.no_grad():
        logits = network(input_ids=ids, decoder_input_ids=said).logits

    def settings(writer):
        writer.add_context_length(512)
        writer.add_embedding_length(16)
        writer.add_feed_forward_length(24)
        writer.add_block_count(2)
        writer.add_decoder_block_count(2)
        writer.add_head_count(2)
        writer.add_key_length(6)
        writer.add_value_length(6)
        writer.add_layer_norm_eps(1e-6)
        writer.add_relative_attn_buckets_count(8)
        writer.add_layer_norm_rms_eps(1e-6)
        writer.add_decoder_start_token_id(0)

    write("t5", gguf.MODEL_ARCH.T5, settings, network, {
        "input_ids": ids.tolist(), "decoder_input_ids": said.tolist(), "shape": list(logits.shape), "logits": floats(logits)})


torch.manual_seed(SEED)
bert()
t5()

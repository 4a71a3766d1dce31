"""Tiny random models with tokenizers, and what sentence-transformers and transformers make of texts with them in fp32.

Needs: torch transformers tokenizers sentence-transformers. Usage: tiny_texts.py OUT [seed]. Writes a folder per embedder
as sentence-transformers saves it with reference.json (texts and their vectors, also with each prompt), one of them once
more as older versions saved it, and a folder with a T5 (texts, ids, greedy answers, choices with their log-likelihoods).
"""
import json
import os
import shutil
import sys

import torch
import transformers as tf
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import modules
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

OUT, SEED = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
TEXTS = ["a cat sat on the mat", "The dog runs quickly, over hills and far away; then it sleeps in the sun until the evening comes", "tea", "",
         "Rain fell on the old town all night and in the morning the streets were rivers"]
CORPUS = TEXTS + ["query: where is the cat?", "passage: translate this text to German", "yes no maybe never always"]
torch.set_num_threads(1)


def write(path, value):
    with open(f"{OUT}/{path}", "w") as file:
        json.dump(value, file, separators=(",", ":"))


def floats(tensor):
    return [float(f"{x:.7g}") for x in tensor.flatten().tolist()]


def randomise(network):
    with torch.no_grad():
        for key, parameter in network.named_parameters():
            scale = 0.2 if parameter.dim() > 1 else 0.05
            parameter.copy_(torch.randn_like(parameter) * scale + (1.0 if "norm" in key.lower() and key.endswith("weight") else 0.0))
    return network.eval()


def word_pieces():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.train_from_iterator(CORPUS, trainers.WordPieceTrainer(vocab_size=120, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]))
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", tokenizer.token_to_id("[SEP]")), ("[CLS]", tokenizer.token_to_id("[CLS]")))
    return tf.PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]",
                                      model_max_length=20)


def unigram():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.train_from_iterator(CORPUS, trainers.UnigramTrainer(vocab_size=90, special_tokens=["<pad>", "</s>", "<unk>"], unk_token="<unk>", show_progress=False))
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)])
    return tf.PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="<unk>", pad_token="<pad>", eos_token="</s>")


def embedder(name, after, prompts=None, default=None):
    tokenizer = word_pieces()
    base = f"{OUT}/base"
    network = randomise(tf.BertModel(tf.BertConfig(vocab_size=len(tokenizer), hidden_size=24, num_hidden_layers=2, num_attention_heads=3,
                                                   intermediate_size=32, max_position_embeddings=32)))
    network.save_pretrained(base)
    tokenizer.save_pretrained(base)
    parts = [Transformer(base), *after]
    for part in parts[1:]:
        if list(part.parameters()):
            randomise(part)
    model = SentenceTransformer(modules=parts, device="cpu", prompts=prompts, default_prompt_name=default)
    model.save(f"{OUT}/{name}", create_model_card=False)
    reference = {"texts": TEXTS, "vectors": [floats(v) for v in model.encode(TEXTS, convert_to_tensor=True)], "prompted": {}}
    for prompt in prompts or {}:
        reference["prompted"][prompt] = [floats(v) for v in model.encode(TEXTS, prompt_name=prompt, convert_to_tensor=True)]
    write(f"{name}/reference.json", reference)
    shutil.rmtree(base)


def older(name, source):
    """The same with the keys and class names of version 2."""
    shutil.copytree(f"{OUT}/{source}", f"{OUT}/{name}")
    parts = json.load(open(f"{OUT}/{name}/modules.json"))
    for part in parts:
        part["type"] = "sentence_transformers.models." + part["type"].rsplit(".", 1)[1]
    write(f"{name}/modules.json", parts)
    pooling = json.load(open(f"{OUT}/{name}/1_Pooling/config.json"))
    modes = pooling["pooling_mode"]
    old = {"word_embedding_dimension": pooling["embedding_dimension"]}
    for new, key in [("cls", "cls_token"), ("mean", "mean_tokens"), ("max", "max_tokens"), ("mean_sqrt_len_tokens", "mean_sqrt_len_tokens")]:
        old[f"pooling_mode_{key}"] = new in ([modes] if isinstance(modes, str) else modes)
    write(f"{name}/1_Pooling/config.json", old)
    write(f"{name}/sentence_bert_config.json", {"max_seq_length": 20, "do_lower_case": False})


def text_to_text(name):
    tokenizer = unigram()
    network = randomise(tf.T5ForConditionalGeneration(tf.T5Config(
        vocab_size=len(tokenizer), d_model=24, d_kv=8, d_ff=32, num_layers=2, num_heads=3, feed_forward_proj="gated-gelu", tie_word_embeddings=False,
        relative_attention_num_buckets=8, relative_attention_max_distance=20, decoder_start_token_id=0)))
    network.save_pretrained(f"{OUT}/{name}")
    tokenizer.save_pretrained(f"{OUT}/{name}")
    choices, rows = ["yes", "no", "the cat sat", "never"], []
    for text in TEXTS:
        ids = tokenizer(text, return_tensors="pt")
        said = network.generate(**ids, max_new_tokens=10, do_sample=False, pad_token_id=0)[0]
        scores = []
        for choice in choices:
            labels = tokenizer(choice, return_tensors="pt")["input_ids"]
            with torch.no_grad():
                logs = network(**ids, labels=labels).logits[0].log_softmax(-1)
            scores.append(float(f"{logs.gather(1, labels[0][:, None]).sum().item():.7g}"))
        rows.append({"text": text, "ids": ids["input_ids"][0].tolist(), "greedy": said.tolist()[1:], "answer": tokenizer.decode(said, skip_special_tokens=True),
                     "log_likelihoods": scores})
    write(f"{name}/reference.json", {"choices": choices, "rows": rows})


def main():
    torch.manual_seed(SEED)
    pool = lambda *args, **more: modules.Pooling(24, *args, **more)
    embedder("mean-normalised", [pool("mean"), Normalize()], {"query": "query: ", "document": "passage: "})
    embedder("first-projected", [pool("cls"), Dense(24, 10), Normalize()], {"query": "query: "}, "query")
    embedder("largest-and-mean", [pool(("max", "mean_sqrt_len_tokens"))])
    embedder("last", [pool("lasttoken"), Dense(24, 12, bias=False, activation_function=torch.nn.Identity())])
    embedder("weighted-after-prompt", [pool("weightedmean", include_prompt=False), modules.LayerNorm(24)], {"query": "query: "})
    older("older-keys", "largest-and-mean")
    text_to_text("text-to-text")


main()

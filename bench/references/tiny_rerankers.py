"""Tiny random models that judge passages, and what sentence-transformers and transformers say of the same pairs in fp32.

Needs: torch transformers tokenizers sentence-transformers. Usage: tiny_rerankers.py OUT [seed]. Writes a folder each for a BERT of one output and
one of two, with the raw outputs of sentence-transformers' CrossEncoder (too long pairs among them), and for a Llama with a chat template, with
the mean log-probability of each question's tokens behind a prompt that holds the passage.
"""
import json
import os
import sys

import torch
import transformers as tf
from sentence_transformers import CrossEncoder
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

OUT, SEED = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
QUESTIONS = ["where did the cat sit?", "Why were the streets rivers in the morning, and did the dog sleep in the sun until the evening came or not?"]
PASSAGES = ["a cat sat on the mat", "The dog runs quickly, over hills and far away; then it sleeps in the sun until the evening comes", "tea",
            "Rain fell on the old town all night and in the morning the streets were rivers"]
PROMPT = "Passage: {}\n\nPlease write a question based on this passage."
CHAT = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
CORPUS = QUESTIONS + PASSAGES + [PROMPT]
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
    tokenizer.train_from_iterator(CORPUS, trainers.WordPieceTrainer(vocab_size=160, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]))
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", tokenizer.token_to_id("[SEP]")), ("[CLS]", tokenizer.token_to_id("[CLS]")))
    return tf.PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]",
                                      model_max_length=28, model_input_names=["input_ids", "token_type_ids", "attention_mask"])


def cross_encoder(name, outputs):
    torch.manual_seed(SEED + outputs)
    tokenizer = word_pieces()
    config = tf.BertConfig(vocab_size=len(tokenizer), hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=32, max_position_embeddings=32,
                           num_labels=outputs)
    randomise(tf.BertForSequenceClassification(config)).save_pretrained(f"{OUT}/{name}")
    tokenizer.save_pretrained(f"{OUT}/{name}")
    model = CrossEncoder(f"{OUT}/{name}", device="cpu")
    rows = []
    for question in QUESTIONS:
        logits = model.predict([(question, p) for p in PASSAGES], activation_fn=torch.nn.Identity(), convert_to_tensor=True)
        lengths = [len(tokenizer(question, p)["input_ids"]) for p in PASSAGES]
        rows.append({"question": question, "passages": PASSAGES, "untruncated": lengths, "logits": floats(logits)})
    write(f"{name}/reference.json", {"limit": model.max_length, "rows": rows})


def letters():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=330, special_tokens=["<|im_start|>", "<|im_end|>"],
                                                              initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    made = tf.PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<|im_start|>", eos_token="<|im_end|>", pad_token="<|im_end|>")
    made.chat_template = CHAT
    return made


def language_model(name):
    torch.manual_seed(SEED)
    tokenizer = letters()
    config = tf.LlamaConfig(vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, intermediate_size=48,
                            max_position_embeddings=192, tie_word_embeddings=True, bos_token_id=0, eos_token_id=1)
    network = randomise(tf.LlamaForCausalLM(config))
    network.save_pretrained(f"{OUT}/{name}")
    tokenizer.save_pretrained(f"{OUT}/{name}")
    rows = []
    for question in QUESTIONS:
        asked = tokenizer(question, add_special_tokens=False)["input_ids"]
        scores = []
        for passage in PASSAGES:
            prompt = tokenizer.apply_chat_template([{"role": "user", "content": PROMPT.format(passage)}], add_generation_prompt=True, tokenize=False)
            before = tokenizer(prompt, add_special_tokens=False)["input_ids"]
            with torch.no_grad():
                logs = network(torch.tensor([before + asked])).logits[0].log_softmax(-1)
            scores.append(sum(logs[len(before) + i - 1, token].item() for i, token in enumerate(asked)) / len(asked))
        rows.append({"question": question, "passages": PASSAGES, "scores": [float(f"{x:.7g}") for x in scores]})
    write(f"{name}/reference.json", {"prompt": PROMPT, "rows": rows})


os.makedirs(OUT, exist_ok=True)
cross_encoder("one-output", 1)
cross_encoder("two-outputs", 2)
language_model("language-model")

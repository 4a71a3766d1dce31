"""A tiny random BERT that marks tokens, and what transformers' token-classification pipeline makes of texts with `aggregation_strategy="first"`, in fp32.

Needs: torch transformers tokenizers. Usage: tiny_token_classifier.py OUT [seed]. Writes the model with its tokenizer; reference.json: texts that the model reads whole,
with the pipeline's names; and token-marks.json: tokens with labels and probabilities drawn by chance, with what the pipeline joins of them.
"""
import json
import random
import sys

import numpy as np
import torch
import transformers as tf
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

OUT, SEED = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
TEXTS = ["Ann Miller-Jones called from New York, and Dr. O'Brien from Wolfeboro.", "Zweiundsiebzig Fahrräder für die Stadtwerke München GmbH!",
         "unbelievably longwordsthataresplit into piecesbythetokenizer", "Mail ann.miller@acme-bikes.com or +49 30 123456 (Berlin).",
         "A", "Łódź, Kraków i Świnoujście", "  two  blanks   and\nlines\n", "McDonald's & Marks&Spencer's", "ID: AB12-CD34/EF56"]
LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "ORG"]
torch.set_num_threads(1)


def word_pieces():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.train_from_iterator(TEXTS, trainers.WordPieceTrainer(vocab_size=140, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]))
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", tokenizer.token_to_id("[SEP]")), ("[CLS]", tokenizer.token_to_id("[CLS]")))
    return tf.PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]",
                                      model_max_length=64, model_input_names=["input_ids", "token_type_ids", "attention_mask"])


def model(tokenizer):
    torch.manual_seed(SEED)
    network = tf.BertForTokenClassification(tf.BertConfig(
        vocab_size=len(tokenizer), hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=32, max_position_embeddings=64,
        id2label=dict(enumerate(LABELS)), label2id={label: i for i, label in enumerate(LABELS)}))
    with torch.no_grad():
        for key, parameter in network.named_parameters():
            scale = 0.4 if parameter.dim() > 1 else 0.05
            parameter.copy_(torch.randn_like(parameter) * scale + (1.0 if "norm" in key.lower() and key.endswith("weight") else 0.0))
    return network.eval()


def names(found):
    return [[e["entity_group"], int(e["start"]), int(e["end"]), float(f"{e['score']:.7g}")] for e in found if e["entity_group"] != "O"]


def drawn(pipeline, tokenizer, text, chance):
    encoded = tokenizer(text, return_offsets_mapping=True, return_special_tokens_mask=True)
    tokens, before = [], []
    for i, (token, (start, end), special) in enumerate(zip(encoded["input_ids"], encoded["offset_mapping"], encoded["special_tokens_mask"])):
        if special:
            continue
        scores = np.array([chance.random() for _ in LABELS])
        scores /= scores.sum()
        word = tokenizer.convert_ids_to_tokens(token)
        before.append({"word": word, "scores": scores, "start": start, "end": end, "index": i, "is_subword": len(word) != len(text[start:end])})
        tokens.append([start, end, LABELS[int(scores.argmax())], float(f"{scores.max():.7g}")])
    return {"text": text, "tokens": tokens, "entities": names(pipeline.aggregate(before, "first"))}


def main():
    tokenizer, chance = word_pieces(), random.Random(SEED)
    network = model(tokenizer)
    network.save_pretrained(f"{OUT}/token-classifier")
    tokenizer.save_pretrained(f"{OUT}/token-classifier")
    pipeline = tf.pipeline("token-classification", model=network, tokenizer=tokenizer, aggregation_strategy="first", ignore_labels=[])
    rows = [{"text": text, "entities": names(pipeline(text))} for text in TEXTS]
    cases = [drawn(pipeline, tokenizer, text, chance) for text in TEXTS for _ in range(15)]
    for name, value in (("token-classifier/reference.json", rows), ("token-marks.json", cases)):
        with open(f"{OUT}/{name}", "w") as file:
            json.dump(value, file, ensure_ascii=False, separators=(",", ":"))


main()

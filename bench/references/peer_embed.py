"""sentence-transformers on the first texts of a corpus: documents and tokens a second, one JSON line.

usage: peer_embed.py MODEL_DIR CORPUS_JSONL [--documents 500] [--dtype float32|bfloat16]
"""
import argparse
import json
import time

import torch
from sentence_transformers import SentenceTransformer

options = argparse.ArgumentParser()
options.add_argument("model")
options.add_argument("corpus")
options.add_argument("--documents", type=int, default=500)
options.add_argument("--dtype", default="float32")
options = options.parse_args()

rows = [json.loads(line) for line in open(options.corpus)][: options.documents]
texts = [row["title"] + " " + row["text"] for row in rows]
model = SentenceTransformer(options.model, device="cpu", model_kwargs={"dtype": getattr(torch, options.dtype)})
model.max_seq_length = 256
model.encode(texts[:64], batch_size=32)
tokens = sum(min(256, len(model.tokenizer(text)["input_ids"])) for text in texts)
start = time.time()
model.encode(texts, batch_size=32, normalize_embeddings=True)
seconds = time.time() - start
print(json.dumps({"documents_per_second": round(len(texts) / seconds, 1), "tokens_per_second": round(tokens / seconds), "dtype": options.dtype}))

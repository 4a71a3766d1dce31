"""transformers: prefill and decoding tokens a second of a decoder in bf16, random prompts, greedy, keys and values cached.

usage: peer_generate.py MODEL_DIR [--prompt 512] [--tokens 128] [--streams 1,16] [--repetitions 5]
"""
import argparse, json, statistics, time, torch
from transformers import AutoModelForCausalLM

a = argparse.ArgumentParser()
a.add_argument("model"), a.add_argument("--prompt", type=int, default=512), a.add_argument("--tokens", type=int, default=128)
a.add_argument("--streams", default="1,16"), a.add_argument("--repetitions", type=int, default=5)
a = a.parse_args()
model = AutoModelForCausalLM.from_pretrained(a.model, dtype=torch.bfloat16).eval()
vocabulary = model.config.vocab_size


@torch.inference_mode()
def once(count):
    ids = torch.randint(0, vocabulary, (count, a.prompt))
    start = time.perf_counter()
    out = model(ids, use_cache=True, logits_to_keep=1)
    prefill = count * a.prompt / (time.perf_counter() - start)
    kept, start = out.past_key_values, time.perf_counter()
    for _ in range(a.tokens):
        out = model(out.logits[:, -1:].argmax(-1), past_key_values=kept, use_cache=True)
    return prefill, count * a.tokens / (time.perf_counter() - start)


result = {"prefill_tokens_per_second": None, "streams": {}}
for count in map(int, a.streams.split(",")):
    once(count)
    rounds = [once(count) for _ in range(a.repetitions)]
    if count == 1:
        result["prefill_tokens_per_second"] = round(statistics.median(r[0] for r in rounds), 1)
    result["streams"][str(count)] = round(statistics.median(r[1] for r in rounds), 1)
print(json.dumps(result))

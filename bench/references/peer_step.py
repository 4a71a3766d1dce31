"""Steps of LoRA by a plain loop of PEFT, every position in the loss: the same work as `sartor bench step`. Random weights in SmolLM2-135M's shapes.

usage: peer_step.py ROWS LENGTH [STEPS]. Prints one line of JSON.
"""
import json, resource, statistics, sys, time
import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

rows, length = int(sys.argv[1]), int(sys.argv[2])
steps = int(sys.argv[3]) if len(sys.argv) > 3 else 5
torch.manual_seed(0)
m = LlamaForCausalLM(LlamaConfig(vocab_size=49152, hidden_size=576, intermediate_size=1536, num_hidden_layers=30, num_attention_heads=9,
                                 num_key_value_heads=3, max_position_embeddings=8192, tie_word_embeddings=True)).to(torch.bfloat16)
m = get_peft_model(m, LoraConfig(r=16, lora_alpha=32, target_modules="all-linear", task_type="CAUSAL_LM"))
opt = torch.optim.AdamW([p for p in m.parameters() if p.requires_grad], lr=1e-4)
times = []
for i in range(2 + steps):
    ids = torch.randint(0, 49152, (rows, length))
    start = time.perf_counter()
    loss = m(input_ids=ids, labels=ids).loss
    loss.backward()
    opt.step()
    opt.zero_grad()
    if i > 1:
        times.append(time.perf_counter() - start)
print(json.dumps({"tokens_per_second": round(rows * length / statistics.median(times), 1), "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                  "threads": torch.get_num_threads()}))

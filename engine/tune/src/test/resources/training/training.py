"""Writes the trajectories in this folder: six AdamW steps each, by transformers, PEFT and torch in fp32.

usage: training.py MODELS OUT [PART…], MODELS the folder with the tiny models (engine/model/src/test/resources/reference).
Needs: torch transformers peft sentence-transformers.

full-NAME.json: the network's own weights. lora-VARIANT.json: rsLoRA, DoRA, patterns and an int8 base on llama.
preferences.json: DPO as TRL computes it, on llama's stored adapter. meanings.json: MultipleNegativesRankingLoss over the mean of BERT's
states. schedules.json: transformers' schedules.
"""
import copy, json, os, sys
import torch
from peft import PeftModel
from transformers import (AutoModelForCausalLM, AutoModelForMaskedLM, AutoModelForSequenceClassification, BertModel,
                          T5ForConditionalGeneration, get_scheduler)

MODELS, OUT = sys.argv[1:3]
torch.set_num_threads(1)
RATE, DECAY = 1e-2, .01


def save(name, value):
    with open(f"{OUT}/{name}.json", "w") as f:
        json.dump(value, f, separators=(",", ":"))
    print("wrote", name)


def figure(x):
    return float(f"{x:.8g}")


def batch(name):
    most = json.load(open(f"{MODELS}/{name}/config.json"))["vocab_size"]
    g = torch.Generator().manual_seed(7)
    ids = torch.randint(3, most, (3, 12), generator=g)
    mask = torch.ones_like(ids)
    mask[1, 9:] = 0
    mask[2, 5:] = 0
    ids = ids * mask
    labels = ids.clone()
    labels[mask == 0] = -100
    labels[:, :3] = -100
    if "t5" in name:
        labels = torch.randint(3, most, (3, 7), generator=g)
    if "classifier" in name:
        labels = torch.tensor([0, 1, 1])
    return {"input_ids": ids, "attention_mask": mask, "labels": labels}


def load(name, folder=None):
    kind = (T5ForConditionalGeneration if "t5" in name else AutoModelForMaskedLM if "masked" in name else
            AutoModelForSequenceClassification if "classifier" in name else AutoModelForCausalLM)
    m = kind.from_pretrained(f"{MODELS}/{folder or name}", dtype=torch.float32, attn_implementation="eager")
    return m.eval()


def optimiser(m):
    trained = [p for p in m.parameters() if p.requires_grad]
    return trained, torch.optim.AdamW([{"params": [p for p in trained if p.dim() > 1], "weight_decay": DECAY},
                                       {"params": [p for p in trained if p.dim() < 2], "weight_decay": 0.0}], lr=RATE)


def steps(m, loss):
    trained, opt = optimiser(m)
    out = []
    for _ in range(6):
        value = loss()
        value.backward()
        norm = torch.nn.utils.clip_grad_norm_(trained, 1.0)
        opt.step()
        opt.zero_grad()
        out.append({"loss": figure(value.item()), "grad_norm": figure(norm.item())})
    return out


def trajectory(m, b):
    m.eval()
    return {"rate": RATE, "weight_decay": DECAY, "input_ids": b["input_ids"].tolist(), "attention_mask": b["attention_mask"].tolist(),
            "labels": b["labels"].tolist(), "steps": steps(m, lambda: m(**b).loss)}


def full():
    for name in sorted(os.listdir(MODELS)):
        if name in ("llama", "llama3-rope", "mistral", "qwen2", "qwen3", "qwen3-moe", "gemma2", "gemma3", "phi3", "gpt2", "gpt-neox",
                    "smollm3", "t5", "t5-v1_1", "bert-masked-lm", "bert-classifier", "distilbert-classifier", "roberta-masked-lm",
                    "mpnet-classifier", "modernbert-masked-lm"):
            save(f"full-{name}", trajectory(load(name), batch(name)))


def variants():
    for variant in ("rslora", "dora", "ranks"):
        m = PeftModel.from_pretrained(load("llama"), f"{MODELS}/llama/{variant}", is_trainable=True)
        save(f"lora-{variant}", trajectory(m, batch("llama")))


def quantised():
    """LoRA on weights that were rounded to int8, one step for each row; embeddings and head, too."""
    m = load("llama")
    with torch.no_grad():
        for module in m.modules():
            if isinstance(module, (torch.nn.Linear, torch.nn.Embedding)):
                step = module.weight.abs().amax(1, keepdim=True) / 127
                module.weight.copy_((module.weight / step).round() * step)
    save("lora-int8", trajectory(PeftModel.from_pretrained(m, f"{MODELS}/llama/lora", is_trainable=True), batch("llama")))


def preferences(beta=.1):
    m = PeftModel.from_pretrained(load("llama"), f"{MODELS}/llama/lora", is_trainable=True)
    g = torch.Generator().manual_seed(11)
    texts = [torch.randint(3, 128, (n,), generator=g).tolist() for n in (10, 12, 7, 9, 12, 8)]
    prompts = [4, 5, 3]
    for i in range(3):
        texts[3 + i][:prompts[i]] = texts[i][:prompts[i]]

    def logs():
        out = []
        for i, t in enumerate(texts):
            lp = m(input_ids=torch.tensor([t])).logits[0].log_softmax(-1)
            start = prompts[i % 3]
            out.append(lp[start - 1:-1].gather(1, torch.tensor(t[start:])[:, None]).sum())
        return torch.stack(out)

    with torch.no_grad(), m.disable_adapter():
        before = logs()

    def loss():
        d = logs() - before
        return -torch.nn.functional.logsigmoid(beta * (d[:3] - d[3:])).mean()

    save("preferences", {"rate": RATE, "weight_decay": DECAY, "beta": beta, "chosen": texts[:3], "rejected": texts[3:], "prompts": prompts,
                         "steps": steps(m, loss)})


def meanings():
    from sentence_transformers import util
    m = BertModel.from_pretrained(f"{MODELS}/bert-masked-lm", dtype=torch.float32, attn_implementation="eager", add_pooling_layer=False)
    m.eval()
    g = torch.Generator().manual_seed(13)
    for negatives in (False, True):
        n = copy.deepcopy(m)
        texts = [[torch.randint(3, 128, (k,), generator=g).tolist() for k in lengths] for lengths in ((5, 7, 4), (9, 6, 8), (6, 5, 7))[:3 if negatives else 2]]

        def embed(rows):
            return torch.stack([n(input_ids=torch.tensor([t])).last_hidden_state[0].mean(0) for t in rows])

        def loss():
            a, others = embed(texts[0]), torch.cat([embed(t) for t in texts[1:]])
            return torch.nn.functional.cross_entropy(util.cos_sim(a, others) * 20, torch.arange(len(a)))

        save("meanings-triplets" if negatives else "meanings-pairs", {"rate": RATE, "weight_decay": DECAY, "texts": texts, "steps": steps(n, loss)})


def schedules():
    def rates(kind, **more):
        p = torch.nn.Parameter(torch.zeros(1))
        opt = torch.optim.SGD([p], lr=1e-3)
        s = get_scheduler(kind, opt, num_warmup_steps=4, **more)
        out = []
        for _ in range(40):
            out.append(figure(opt.param_groups[0]["lr"]))
            opt.step()
            s.step()
        return out
    save("schedules", {"cosine": rates("cosine", num_training_steps=40), "linear": rates("linear", num_training_steps=40),
                       "constant": rates("constant_with_warmup"),
                       "warmup_stable_decay": rates("warmup_stable_decay", num_training_steps=40,
                                                    scheduler_specific_kwargs={"num_decay_steps": 8, "decay_type": "linear"})})


for part in (full, variants, quantised, preferences, meanings, schedules):
    if len(sys.argv) < 4 or part.__name__ in sys.argv[3:]:
        part()

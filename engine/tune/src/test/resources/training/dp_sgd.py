"""What Opacus computes of a private step and of its cost: writes dp-sgd.json and dp-accountant.json beside this file.

    pip install opacus transformers peft
    python3 dp_sgd.py MODELS        # the folder with the tiny models (engine/model/src/test/resources/reference)

dp-sgd.json: for llama under its stored adapter and for bert-classifier whole, the length of each row's gradient, and the sum of the gradients,
each clipped to CLIP, before noise. A row's loss is the mean over its own targets. dp-accountant.json: RDPAccountant's epsilon over a grid, and the
noise multiplier that get_noise_multiplier finds.
"""
import json, pathlib, sys, warnings

import torch
from opacus import GradSampleModule
from opacus.accountants import RDPAccountant
from opacus.accountants.utils import get_noise_multiplier
from opacus.optimizers import DPOptimizer
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification
import opacus

warnings.filterwarnings("ignore")
MODELS, HERE = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
CLIP = {"llama": 4.0, "bert-classifier": 6.0}  # some rows are longer, some are not
torch.set_num_threads(1)


def figure(x):
    return float(f"{x:.9g}")


def clipped_sum(model, loss, clip):
    """The sum of clipped gradients of `loss`, which gives a loss a row, by the optimizer that Opacus trains with."""
    model = GradSampleModule(model, loss_reduction="sum")
    trained = {n.removeprefix("_module."): p for n, p in model.named_parameters() if p.requires_grad}
    optimizer = DPOptimizer(torch.optim.SGD(trained.values(), lr=1.0), noise_multiplier=0.0, max_grad_norm=clip, expected_batch_size=None, loss_reduction="sum")
    loss(model).sum().backward()
    norms = torch.stack([p.grad_sample.flatten(1).norm(dim=1) for p in trained.values()]).norm(dim=0)
    optimizer.clip_and_accumulate()
    return {"clip": clip, "every": 1, "norms": [figure(x) for x in norms],
            "sums": {n: [figure(x) for x in p.summed_grad.flatten()] for n, p in trained.items()}}


def llama():
    rows = json.load(open(MODELS / "llama/lora/training.json"))
    ids, mask, labels = (torch.tensor(rows[k]) for k in ("input_ids", "attention_mask", "labels"))
    base = AutoModelForCausalLM.from_pretrained(MODELS / "llama", dtype=torch.float32, attn_implementation="eager")
    model = PeftModel.from_pretrained(base, MODELS / "llama/lora", is_trainable=True).train()

    def loss(m):
        logits = m(input_ids=ids, attention_mask=mask, position_ids=torch.arange(ids.shape[1]).expand_as(ids)).logits[:, :-1]
        each = torch.nn.functional.cross_entropy(logits.transpose(1, 2), labels[:, 1:], ignore_index=-100, reduction="none")
        return each.sum(1) / (labels[:, 1:] != -100).sum(1)
    sums = clipped_sum(model, loss, CLIP["llama"])
    sums["sums"] = {n.replace(".default.weight", ".weight"): v for n, v in sums["sums"].items()}
    return sums


def bert():
    rows = json.load(open(MODELS / "bert-classifier/lora/training.json"))
    ids, mask = (torch.tensor(rows[k]) for k in ("input_ids", "attention_mask"))
    classes = torch.tensor(rows["classes"])
    model = AutoModelForSequenceClassification.from_pretrained(MODELS / "bert-classifier", dtype=torch.float32, attn_implementation="eager").train()

    def loss(m):
        places = torch.arange(ids.shape[1]).expand_as(ids).contiguous()
        logits = m(input_ids=ids, attention_mask=mask, position_ids=places, token_type_ids=torch.zeros_like(ids)).logits
        return torch.nn.functional.cross_entropy(logits, classes, reduction="none")
    sums = clipped_sum(model, loss, CLIP["bert-classifier"])
    sums["every"] = 13  # of the values of each
    sums["sums"] = {n: v[::13] for n, v in sums["sums"].items()}
    return sums


def accountant():
    grid = []
    for rate in (0.001, 0.01, 0.033, 0.1, 0.5, 1.0):
        for noise in (0.5, 0.7, 1.0, 1.7, 4.0, 20.0):
            for steps in (1, 60, 1000):
                for delta in (1e-3, 2e-4, 1e-5, 1e-8):
                    a = RDPAccountant()
                    a.history = [(noise, rate, steps)]
                    grid.append([rate, noise, steps, delta, figure(a.get_epsilon(delta))])
    found = [[e, r, s, d, figure(get_noise_multiplier(target_epsilon=e, target_delta=d, sample_rate=r, steps=s, accountant="rdp", epsilon_tolerance=1e-4))]
             for e in (1.0, 3.0, 8.0) for r, s in ((0.033, 90), (0.1, 300), (1.0, 20)) for d in (1e-5, 2e-4)]
    return {"epsilon": grid, "noise": found}


about = {"opacus": opacus.__version__, "torch": torch.__version__}
for name, value in (("dp-sgd", {"llama": llama(), "bert-classifier": bert()}), ("dp-accountant", accountant())):
    (HERE / f"{name}.json").write_text(json.dumps(about | value, separators=(",", ":")) + "\n")

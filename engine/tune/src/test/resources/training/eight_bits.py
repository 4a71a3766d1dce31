"""AdamW with its state in 8 bits, as bitsandbytes takes its steps: writes eight-bits.json beside this file.

    pip install torch bitsandbytes
    python3 eight_bits.py

Parameters and gradients are given by formulas, so that the file holds results alone: p[i] = cos(i ÷ 100), and at step t, from 1, g[i] =
sin(0.37 i + 1.7 t) · 10^(i mod 7 − 5). Weight decay is off. On a processor bitsandbytes 0.50 rounds numbers by a
table of 65,536 cells, the lowest of which is wider than the lowest codes; here they are rounded to the nearest code, as in its paper and its CUDA kernel.
"""

import json
import pathlib

import bitsandbytes
import bitsandbytes.functional as functional
import torch
from bitsandbytes.backends.cpu import ops

COUNT, STEPS, RATE = 5000, 20, 1e-3

BLOCK = 256


def rounded(exact, code, absmax_out, out, _):
    blocks = torch.nn.functional.pad(exact, (0, -len(exact) % BLOCK)).view(-1, BLOCK)
    absmax_out.copy_(blocks.abs().amax(1))
    inside = blocks / absmax_out[:, None].clamp_min(torch.finfo().tiny)
    out.copy_((inside[..., None] - code).abs().argmin(-1).flatten()[: len(exact)])


ops._quant_blockwise_fp32_direct = rounded
i = torch.arange(COUNT, dtype=torch.float64)
parameters = torch.nn.Parameter(torch.cos(i / 100).float())
optimiser = bitsandbytes.optim.AdamW8bit([parameters], lr=RATE, weight_decay=0)
for step in range(1, STEPS + 1):
    parameters.grad = (torch.sin(0.37 * i + 1.7 * step) * 10.0 ** (i % 7 - 5)).float()
    optimiser.step()
state = optimiser.state[parameters]
file = pathlib.Path(__file__).with_name("eight-bits.json")
file.write_text(json.dumps({
    "bitsandbytes": bitsandbytes.__version__,
    "signed": functional.create_dynamic_map(signed=True).tolist(), "unsigned": functional.create_dynamic_map(signed=False).tolist(),
    "parameters": parameters[::10].tolist(), "means": state["state1"][::10].tolist(), "squares": state["state2"][::10].tolist(),
    "mean_scales": state["absmax1"].tolist(), "square_scales": state["absmax2"].tolist(),
}) + "\n")

"""Blocks as gguf-py quantises them. Needs gguf and numpy. Usage: quantised.py > quantised.json

For each type the float32 values and the blocks' bytes, both in hexadecimal, little-endian: plain normal values of several sizes, zeros, values
whose quotients lie half way, one outlier, and the farthest value twice with both signs.
"""
import json

import gguf
import numpy as np

random = np.random.default_rng(5)
rows = [random.normal(0, scale, 32) for scale in (1, 0.02, 1e-5, 300, 1e-9)]
rows += [np.zeros(32), np.arange(-16, 16) / 2 + 0.25, np.arange(32) * 127 / 63.5, np.where(np.arange(32) == 7, 9.0, random.normal(0, 0.01, 32))]
rows += [np.where(np.arange(32) % 2 == 0, -1.5, 1.5), np.where(np.arange(32) % 2 == 0, 1.5, -1.5), np.full(32, -0.25)]
values = np.stack(rows).astype(np.float32)
print(json.dumps({"values": values.tobytes().hex(), **{
    kind.name: gguf.quants.quantize(values, kind).tobytes().hex()
    for kind in (gguf.GGMLQuantizationType[name] for name in ("F32", "F16", "BF16", "Q8_0", "Q4_0"))}}, indent=1))

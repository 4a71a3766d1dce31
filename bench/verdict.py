"""How often the verdict is right, over simulated tasks whose truth is known: `sartor bench verdict`, with the machine and the commit beside it.

usage: verdict.py [SARTOR] [OUT_JSON] [--tasks 2000]
In each cell one candidate is the best (true accuracy 0.80) and all others are worse by exactly the margin (0.08), at prices in random order; in as many
tasks all are equally good. Coverage within 0.93 and 0.97 and wrong ships of 0.05 at most are asked for; exit code 1 where a cell has others.
"""
import argparse, sys
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor", nargs="?", default=common.SARTOR), a.add_argument("out", type=Path, nargs="?", default=common.RESULTS / "verdict.json")
a.add_argument("--tasks", type=int, default=2000)
a = a.parse_args()
sitting = common.Sitting(a.sartor)
found = common.sartor_json(a.sartor, "bench", "verdict", "--tasks", str(a.tasks), "--json")
cells = found["cells"]
common.write(a.out, sitting.about() | found)
print("examples candidates coverage wrong plain_wrong right missed")
for cell in cells:
    print(*(cell[key] if isinstance(cell[key], int) else f"{cell[key]:.3f}" for key in ("examples", "candidates", "coverage", "wrong_ship", "plain_wrong", "right_ship", "missed")))
sys.exit(0 if all(.93 <= cell["coverage"] <= .97 and cell["wrong_ship"] <= .05 for cell in cells) else 1)

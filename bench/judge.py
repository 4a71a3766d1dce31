"""How well a judge's agreement, and what is measured by it, is known, over simulated judges whose errors are known: `sartor bench judge`, with the machine
and the commit beside it.

usage: judge.py [SARTOR] [OUT_JSON] [--simulations 1000]
Coverage within 0.93 and 0.97 is asked for of the intervals of κ, of the position bias, of the corrected win rate and of the difference of two candidates; a
judge with a position bias of 0.2 must be refused in every simulation with 300 pairs, one with a κ of 0.6 in 5 % of them at most. Exit code 1 where that is not so.
"""
import argparse, sys
from pathlib import Path

import common

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor", nargs="?", default=common.SARTOR), a.add_argument("out", type=Path, nargs="?", default=common.RESULTS / "judge.json")
a.add_argument("--simulations", type=int, default=1000)
a = a.parse_args()
sitting = common.Sitting(a.sartor)
found = common.sartor_json(a.sartor, "bench", "judge", "--simulations", str(a.simulations), "--json")
common.write(a.out, sitting.about() | found)
for part in "agreement", "scores", "worse_on_test_rows":
    print(part, *found[part][0])
    for cell in found[part]:
        print(*(value if isinstance(value, int) else f"{value:.3f}" for value in cell.values()))
held = [cell[key] for cell in found["agreement"] for key in ("kappa_coverage", "bias_coverage")]
held += [cell[key] for cell in found["scores"] for key in ("coverage", "difference_coverage")]
most = [cell for cell in found["agreement"] if cell["pairs"] == 300]
right = all(cell["refused"] == 1 for cell in most if cell["bias"] == .2) and all(cell["refused"] <= .05 for cell in most if .59 <= cell["true_kappa"] <= .61 and cell["bias"] < .1)
sys.exit(0 if all(.93 <= share <= .97 for share in held) and right else 1)

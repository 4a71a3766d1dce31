"""How often the verdict is right, over simulated tasks whose truth is known: `sartor bench verdict`, with the machine and the commit beside it.

usage: verdict.py [SARTOR] [OUT_JSON] [--tasks 2000] [--candidates 2,8,40] [--only plain|groups|seeds|both]
In each cell one candidate is the best (true accuracy 0.80) and all others are worse by exactly the margin (0.08), at prices in random order; in as many
tasks all are equally good. `groups`: five examples of each group, half of whose draws are the group's; `seeds`: three trainings of each candidate, whose
true accuracies have a standard deviation of 2 points; `both`. Coverage within 0.93 and 0.97 and wrong ships of 0.05 at most are asked for; exit code 1
where a cell has others. With --only the rest of OUT_JSON stays, cells of that kind with other numbers of candidates, too. An hour on
two cores.
"""
import argparse, json, sys
from pathlib import Path

import common

KINDS = {"plain": [], "groups": ["--group-size", "5"], "seeds": ["--seeds", "3"], "both": ["--group-size", "5", "--seeds", "3"]}
a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("sartor", nargs="?", default=common.SARTOR), a.add_argument("out", type=Path, nargs="?", default=common.RESULTS / "verdict.json")
a.add_argument("--tasks", type=int, default=2000), a.add_argument("--candidates", default="2,8,40"), a.add_argument("--only", choices=list(KINDS))
a = a.parse_args()
whole = json.loads(a.out.read_text()) if a.only and a.out.exists() else {}
sitting = common.Sitting(a.sartor)
good = True
measured = {int(count) for count in a.candidates.split(",")}
for kind in [a.only] if a.only else list(KINDS):
    found = common.sartor_json(a.sartor, "bench", "verdict", "--tasks", str(a.tasks), "--candidates", a.candidates, "--json", *KINDS[kind])
    kept = [cell for cell in whole.get(kind, {}).get("cells", []) if cell["candidates"] not in measured]
    found["cells"] = sorted(kept + found["cells"], key=lambda cell: (cell["examples"], cell["candidates"]))
    whole[kind] = sitting.about() | found
    common.write(a.out, whole)
    print(kind, "\nexamples candidates coverage wrong plain_wrong right missed")
    for cell in found["cells"]:
        print(*(cell[key] if isinstance(cell[key], int) else f"{cell[key]:.3f}" for key in ("examples", "candidates", "coverage", "wrong_ship", "plain_wrong", "right_ship", "missed")))
    good &= all(.93 <= cell["coverage"] <= .97 and cell["wrong_ship"] <= .05 for cell in found["cells"])
sys.exit(0 if good else 1)

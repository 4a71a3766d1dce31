"""Steps of LoRA beside PEFT at identical work (4 rows of 256 tokens, every position in the loss, no shared prefix), in one sitting on an idle machine.

usage: tune_step.py SARTOR MODEL OUT_JSON --peer PYTHON [--rounds 5] [--rows 4] [--length 256]
  SARTOR  the launcher, such as ./sartor; MODEL a SmolLM2-135M, such as smollm2-135m-instruct
  PYTHON  one with torch, transformers and peft
Rounds of the two alternate, and the ratio of each round is taken: its median and range. OPENBLAS_* is unset for both sides.
"""
import argparse, json

import common
import sides

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("model"), a.add_argument("out"), a.add_argument("--peer", required=True)
a.add_argument("--rounds", type=int, default=5), a.add_argument("--rows", default="4"), a.add_argument("--length", default="256")
a = a.parse_args()
SPEED = "tokens_per_second"
sitting = common.Sitting(a.sartor)
rounds = common.alternate(a.rounds, {
    "sartor": lambda: sides.step(a.sartor, a.model, a.rows, a.length),
    "peft": lambda: common.run_json(a.peer, common.REFERENCES / "peer_step.py", a.rows, a.length)})
result = sitting.about() | {
    "sartor": {SPEED: common.median_of(rounds["sartor"], SPEED), "share_of_the_machines_products": common.median_of(rounds["sartor"], "share"),
               "rounds": rounds["sartor"]},
    "peft": {SPEED: common.median_of(rounds["peft"], SPEED), "rounds": rounds["peft"]},
    "times_the_peers_speed": common.ratio(*([each[SPEED] for each in rounds[side]] for side in ("sartor", "peft")))}
common.write(a.out, result)
print(json.dumps({k: v for k, v in result.items() if k != "machine"}))
print(common.told(result["times_the_peers_speed"]))

"""LoRA on Banking77 beside TRL + PEFT, in one sitting on an idle machine: tokens a second, peak memory, accuracy.

usage: tune_banking77.py SARTOR GGUF BANKING77_DIR OUT_JSON [--peer PYTHON MODEL_DIR] [--seeds 1,2,3] [--rounds 3]
  SARTOR     the launcher, such as ./sartor
  GGUF       SmolLM2-135M-Instruct.Q4_1.gguf, or the catalogue's name smollm2-135m-instruct
  --peer     a Python with torch, transformers, trl, peft and datasets, and the same model as a transformers folder in bf16
Speed: 480 examples, batch 16, one epoch; rounds of the two alternate, and the ratio of each round is taken: its median and range. Accuracy:
three epochs at 1e-3 for each seed, 1,000 test messages in free text. OPENBLAS_* is unset for both sides.
"""
import argparse, json, statistics

import common

a = argparse.ArgumentParser()
a.add_argument("sartor"), a.add_argument("model"), a.add_argument("data"), a.add_argument("out")
a.add_argument("--peer", nargs=2), a.add_argument("--seeds", default="1,2,3"), a.add_argument("--rounds", type=int, default=3)
a = a.parse_args()


def sartor(*options):
    return common.sartor_json(a.sartor, "bench", "tune", "--model", a.model, "--banking77", a.data, "--examples", "480", "--batch", "16", *options, "--json")


SPEED, PEAK = "tokens_per_second", "peak_rss_mib"
sides = {"sartor": sartor}
if a.peer:
    sides["peer"] = lambda: common.run_json(a.peer[0], common.REFERENCES / "peer_tune.py", a.peer[1], a.data, "--eval", "0")
sitting = common.Sitting(a.sartor)
rounds = common.alternate(a.rounds, sides)
result = {side: {SPEED: common.median_of(each, SPEED), PEAK: max(r[PEAK] for r in each), "rounds": each} for side, each in rounds.items()}
if a.peer:
    ratio = lambda key: common.ratio(*([each[key] for each in rounds[side]] for side in ("sartor", "peer")))
    result |= {"times_the_peers_speed": ratio(SPEED), "share_of_the_peers_memory": ratio(PEAK)}
    print(common.told(result["times_the_peers_speed"]))
if a.seeds:
    seeds = {seed: sartor("--epochs", "3", "--test", "1000", "--seed", seed) for seed in a.seeds.split(",")}
    result["accuracy"] = {"mean": round(statistics.mean(s["accuracy"] for s in seeds.values()), 4), "seeds": seeds}
common.write(a.out, sitting.about() | result)
print(json.dumps(result))

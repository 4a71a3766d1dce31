"""What a change did to Sartor's speed: two versions alone, in alternating rounds on one machine, and the 95 % interval of after ÷ before.

usage: before_and_after.py BEFORE AFTER generate|generate_short|tune_step|retrieval_scale|start|quickstart [OUT_JSON] [--rounds 7] [--model smollm2-135m-instruct] [--table]
                           [--scifact FOLDER --xquad FILE] [--passages 10000] [--embedder all-minilm-l6-v2] [--turns FILE]
  BEFORE, AFTER    a checkout's folder with its launcher `sartor`, or a git revision, which is checked out and built in a temporary folder (some minutes)
  generate         prefill, one stream, 16 streams, adapters, quoting: Sartor's side of generate.py (with --table no adapters and no quoting); 7 rounds
                   take about half an hour
  generate_short   prompts of 256 tokens and texts of 48, one and 16 at a time, int8: a round takes a minute and a half, so that many can be taken
                   (--rounds 16)
  tune_step        steps of LoRA: Sartor's side of tune_step.py; about 10 minutes
  retrieval_scale  building and searching an index, by retrieval_scale.py at 10,000 passages, each round with an index of its own; --scifact and --xquad
                   as there; about forty minutes
  start            `--help`, `models list`, and the time and memory until `serve` has answered (bf16), each the median of several starts; a round takes
                   half a minute
  quickstart       the seconds of `quickstart` in a new folder with its models in the cache; a quarter of an hour and less for each
  --turns          keeps each turn's figures there, and goes on from those of the same two versions: the rounds need not be one sitting
Ratios are taken round by round; the interval is Student's t of their logarithms. It is the interval of this machine's rounds, not of machines. A figure
in tokens or passages a second is better above 1, one in ms or MiB below. Results of other measurements stay in OUT_JSON (default:
bench/results/before_and_after.json).
"""
import argparse, contextlib, json, os, statistics, subprocess, sys, tempfile, time
from pathlib import Path

import common
import ready
import sides

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("before"), a.add_argument("after"), a.add_argument("what", choices=["generate", "generate_short", "tune_step", "retrieval_scale", "start", "quickstart"])
a.add_argument("out", type=Path, nargs="?", default=common.RESULTS / "before_and_after.json"), a.add_argument("--rounds", type=int, default=7)
a.add_argument("--model", default="smollm2-135m-instruct"), a.add_argument("--table", action="store_true")
a.add_argument("--scifact"), a.add_argument("--xquad"), a.add_argument("--passages", default="10000"), a.add_argument("--embedder", default="all-minilm-l6-v2")
a.add_argument("--turns", type=Path)
a = a.parse_args()
if a.what == "retrieval_scale" and not (a.scifact and a.xquad):
    sys.exit("retrieval_scale needs --scifact FOLDER and --xquad FILE: what its passages are drawn from")


@contextlib.contextmanager
def checkout(version, name, folder):
    """The launcher of a folder, or of a revision that is checked out and built for the time being."""
    if (Path(version) / "sartor").exists():
        yield str(Path(version).resolve() / "sartor")
        return
    place = Path(folder) / name
    common.run("git", "-C", common.ROOT, "worktree", "add", "--detach", "--quiet", place, version)
    try:
        yield str(place / "sartor")
    finally:
        subprocess.run(["git", "-C", str(common.ROOT), "worktree", "remove", "--force", str(place)], check=False)


def step(program):
    return {"tokens_per_second": sides.step(program, a.model)["tokens_per_second"]}


def scale(program):
    """A process of its own, with an index of its own."""
    with tempfile.TemporaryDirectory() as work:
        out = Path(work) / "out.json"
        common.run(sys.executable, Path(__file__).with_name("retrieval_scale.py"), program, a.scifact, a.xquad, out, "--passages", a.passages,
                   "--embedder", a.embedder, "--work", Path(work) / "work", "--no-bare")
        size = common.read(out)["sizes"][0]
    found = {key: size[key] for key in ("embedded_per_second", "build_memory_mib", "index_mib")}
    return found | {f"{which}_ms_at_{percent}_percent": size[f"at_{percent}_percent"]["wall_ms"][which] for percent in (1, 10, 100) for which in ("median", "p99")}


def seconds(*command):
    begun = time.monotonic()
    common.sartor(*command)
    return time.monotonic() - begun


def start(program):
    served = [ready.once(a.model, "bf16", program) for _ in range(3)]
    return {"help_seconds": statistics.median(seconds(program, "--help") for _ in range(11)),
            "models_list_seconds": statistics.median(seconds(program, "models", "list") for _ in range(11)),
            "ready_seconds": statistics.median(each["seconds"] for each in served),
            "ready_peak_mib": statistics.median(each["peak_mib"] for each in served)}


def quickstart(program):
    with tempfile.TemporaryDirectory() as folder:
        return {"seconds": seconds(program, "quickstart", "--dir", Path(folder) / "helpdesk")}


MEASURED = {"generate": lambda program: sides.generate(program, a.model, table=a.table), "generate_short": lambda program: sides.generate_short(program, a.model),
            "tune_step": step, "retrieval_scale": scale, "start": start, "quickstart": quickstart}

with tempfile.TemporaryDirectory(prefix="before-and-after-") as folder, checkout(a.before, "before", folder) as before, \
        checkout(a.after, "after", folder) as after:
    programs = {"before": before, "after": after}
    for program in programs.values():
        common.sartor(program, "--version")  # builds it, and not in the first round
    sitting = common.Sitting()  # its speed is measured by this checkout for both
    commits = {name: common.commit(os.path.dirname(program)) for name, program in programs.items()}
    known = [] if not (a.turns and a.turns.exists()) else \
        [(turn["name"], turn["found"]) for turn in common.lines(a.turns) if turn["what"] == a.what and turn["commits"] == commits]

    def keep(name, found):
        print(json.dumps({name: found}), file=sys.stderr, flush=True)
        if a.turns:
            with a.turns.open("a") as file:
                file.write(json.dumps({"what": a.what, "commits": commits, "name": name, "found": found}) + "\n")

    rounds = common.alternate(a.rounds, {name: lambda program=program: MEASURED[a.what](program) for name, program in programs.items()}, keep, known)
about = sitting.about()
ratios = {key: common.ratio_interval(*([each[key] for each in rounds[name]] for name in ("before", "after"))) for key in rounds["before"][0]
          if all(each.get(key) for name in rounds for each in rounds[name])}
result = common.read(a.out)
result[a.what] = about | {"commits": commits, "turns_of_earlier_sittings": len(known), "after_by_before": ratios, "rounds": rounds}
common.write(a.out, result)
for key, figure in ratios.items():
    print(f"{key}: {figure['ratio']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})")

"""Attacks a real `sartor serve` and the commands, and says which attack got through.

    python3 bench/attacks.py [--only TEXT] [--model smollm2-135m-instruct] [--out bench/results/attacks.json] [--keep]

Makes a project, an index and an adapter in a temporary folder, of which not everyone may see everything, and serves them on a free
port of the loopback with several keys. While an attack on the server runs, and two seconds longer, another key asks a short question
again and again, which has to be answered within 2 s, and /health within 0.2 s; and the server's resident memory may stand at most 300 MiB
above what it was at rest, which is taken after sixteen ordinary requests, eight at a time. The worst of each is recorded, and the p99 of the other key's chats
beside that of half a minute at rest (of fewer than a hundred chats the p99 is the longest). Attacks on commands run
afterwards, each in a process of its own.

Prints a table and writes a JSON (with --only, or without --out, none). Exit code 1 where an attack got through. It needs the model, and a
machine on which nothing else runs: the limits are seconds. Nothing but the loopback is attacked, and no registry is asked.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.append(sys.path.pop(0))  # else bench/tokenize.py would stand before the library's own

from attacks import access, commands, flood, forms, identity  # noqa: F401, they fill the registry
from attacks.place import ROOT, Place, Server
from attacks.registry import COMMANDS, SERVER, Through
from attacks.watch import CHAT_SECONDS, HEALTH_SECONDS, RSS_MIB, Watch, p99


def attempt(attack, target):
    """How it was refused, and how it got through; one of the two is empty."""
    try:
        return str(attack.run(target)), ""
    except Through as e:
        return "", str(e)
    except Exception as e:  # an attack that cannot be run proves nothing
        return "", f"could not be run: {e!r}"


def result(attack, refusal, faults, seconds, **figures):
    return {"name": attack.name, "expected": attack.refusal, "passed": not faults, "refusal": refusal,
            "faults": faults, "seconds": round(seconds, 1), **figures}


def on_server(attack, server):
    start = time.monotonic()
    with Watch(server) as watch:
        refusal, through = attempt(attack, server)
    return result(
        attack, refusal, [each for each in (through, *watch.problems()) if each], time.monotonic() - start,
        worst_chat_seconds=round(watch.chat_seconds, 2), chats=len(watch.chats), chat_p99_seconds=round(p99(watch.chats), 3),
        times_normal=round(p99(watch.chats) / server.normal_p99, 2), worst_health_seconds=round(watch.health_seconds, 3),
        rss_growth_mib=round(watch.growth()))


def on_command(attack, place):
    start = time.monotonic()
    refusal, through = attempt(attack, place)
    return result(attack, refusal, [through] if through else [], time.monotonic() - start)


def line(each):
    figures = ("{worst_chat_seconds:6.2f} {times_normal:6.2f} {worst_health_seconds:7.3f} {rss_growth_mib:6d}".format(**each)
               if "rss_growth_mib" in each else " " * 28)
    said = each["refusal"] if each["passed"] else "; ".join(each["faults"])
    return f"{'passed ' if each['passed'] else 'THROUGH'} {figures}  {each['name']:<58} {' '.join(said.split())[:160]}"


def attacked(place, chosen):
    """All results, each printed as it comes."""
    results = []

    def add(each):
        results.append(each)
        print(line(each), flush=True)

    server = None
    try:
        for attack in (each for each in SERVER if chosen(each)):
            if server is None or not server.is_alive():
                if server is not None:
                    server.stop()
                server = Server(place).wait()
            add(on_server(attack, server))
    finally:
        if server is not None:
            server.stop()
    for attack in (each for each in COMMANDS if chosen(each)):
        add(on_command(attack, place))
    return results


def written(results, model, out):
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    content = {
        "commit": commit,
        "machine": {"system": platform.platform(), "cores": os.cpu_count()},
        "model": model,
        "limits": {"chat_seconds": CHAT_SECONDS, "health_seconds": HEALTH_SECONDS, "rss_growth_mib": RSS_MIB},
        "passed": sum(each["passed"] for each in results),
        "chats_under_twice_normal": sum(each["times_normal"] < 2 for each in results if "times_normal" in each),
        "attacks_on_the_server": sum("times_normal" in each for each in results),
        "attacks": results,
    }
    out.write_text(json.dumps(content, indent=2) + "\n")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", default="", help="attacks whose name holds this text")
    options.add_argument("--model", default="smollm2-135m-instruct")
    options.add_argument("--out", type=pathlib.Path, help="where the results go")
    options.add_argument("--keep", action="store_true", help="keep the temporary folder, and say where it is")
    asked = options.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sartor-attacks-")).resolve()
    try:
        place = Place(folder, asked.model)
        print("          chat  times  health    RSS  (the worst, in s, s and MiB; times: the p99 of chats in that of chats while nobody attacks)")
        results = attacked(place, lambda attack: asked.only in attack.name)
        through = [each for each in results if not each["passed"]]
        print(f"{len(results) - len(through)} of {len(results)} attacks were refused")
        if asked.out and not asked.only:
            written(results, asked.model, asked.out)
        return 1 if through or not results else 0
    finally:
        if asked.keep:
            print("kept: " + str(folder), file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())

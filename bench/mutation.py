"""Mutation testing (PIT) of the places where a fault would cost most: core, evaluate, the access rules and the server's gate.

    python3 bench/mutation.py [--only core] [--out bench/results/mutation.json]

PIT changes one instruction after another (a mutant) and runs the tests that reach it: a mutant that no test notices survives. Which
classes are changed stands in each room's pom.xml (`targetClasses`). Prints the share of killed mutants of each place and the survivors
with their lines, and writes both as JSON. Exit code 1 where a place is under 80 %. Takes some 20 minutes on two cores.
"""
import argparse, collections, pathlib, sys
import xml.etree.ElementTree as xml

import common

PLACES = {"core": ["foundation/core"], "evaluate": ["judgement/evaluate"],
          "access rules": ["knowledge/documents", "knowledge/retrieve"], "gate": ["product/serve"]}
LEAST = 0.80
KILLED = {"KILLED", "TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR"}


def mutants(room):
    """Status, class, line and kind of every mutant of PIT's report."""
    report = common.ROOT / room / "target" / "pit-reports" / "mutations.xml"
    for each in xml.parse(report).getroot():
        yield (each.get("status"), each.findtext("mutatedClass"), int(each.findtext("lineNumber")), each.findtext("mutator").rsplit(".", 1)[-1])


def changed(room):
    """The classes that PIT changes in a room, as its pom.xml has them."""
    return xml.parse(common.ROOT / room / "pom.xml").getroot().findtext("{*}properties/{*}targetClasses")


def place(rooms):
    found = [each for room in rooms for each in mutants(room)]
    killed = sum(each[0] in KILLED for each in found)
    survivors = sorted(f"{cls.removeprefix('dev.sartor.')}:{line} {kind} {status}" for status, cls, line, kind in found if status not in KILLED)
    return {"mutants": len(found), "killed": killed, "share": round(killed / len(found), 4),
            "by_status": dict(collections.Counter(each[0] for each in found)), "survivors": survivors}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", choices=PLACES, help="one place")
    options.add_argument("--out", type=pathlib.Path, help="where the results go")
    asked = options.parse_args()
    chosen = {name: rooms for name, rooms in PLACES.items() if asked.only in (None, name)}
    rooms = [room for some in chosen.values() for room in some]
    wanted = ",".join(rooms)
    # Rooms that these only need, core among them, have none of the classes and are passed over.
    classes = ",".join(changed(room) for room in rooms)
    common.run("mvn", "-B", "-ntp", "-q", "-Pmutation", "-Dfast", f"-DtargetClasses={classes}", "-DfailWhenNoMutations=false", "-pl", wanted,
               "-am", "test-compile", "org.pitest:pitest-maven:mutationCoverage", cwd=common.ROOT, capture_output=False)
    results = {name: place(some) for name, some in chosen.items()}
    for name, result in results.items():
        print(f"{name:<14} {result['killed']:5d} of {result['mutants']:5d} mutants killed, {100 * result['share']:.1f} %")
        for survivor in result["survivors"]:
            print("    " + survivor)
    if asked.out:
        common.write(asked.out, {"commit": common.commit(), "processor": common.processor(), "places": results})
    return 0 if all(each["share"] >= LEAST for each in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

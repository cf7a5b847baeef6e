"""A long run by hand: ``python -m tests.fuzz.run --cases 1000000``; prints the number of cases and what was found."""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))  # as pytest has it

from tests.fuzz.mutating import mutate
from tests.fuzz.targets import CORPUS, TARGETS, Target, name_of


def fuzz(target: Target, random: Random, cases: int) -> Counter[bool]:
    """Return how many cases were accepted and refused. Fails at the first that neither refuses nor both accept."""
    seeds = target.seeds()
    said: Counter[bool] = Counter()
    for _case in range(cases):
        data = mutate(random, random.choice(seeds), seeds)
        try:
            said[target.check(data)] += 1
        except BaseException:
            # Kept, so that every later run begins with it.
            (CORPUS / target.name / name_of(data)).write_bytes(data)
            raise
    return said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000, help="over all readers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one reader")
    chosen = parser.parse_args()
    targets = [each for each in TARGETS if chosen.only in {None, each.name}]
    total = 0
    for target in targets:
        began = time.monotonic()
        said = fuzz(target, Random(f"{chosen.seed} {target.name}"), chosen.cases // len(targets))
        total += said.total()
        seconds = time.monotonic() - began
        seen = f"{said.total()} cases, {said[True]} accepted, {said[False]} refused"
        print(f"{target.name}: {seen}, {seconds:.0f} s", flush=True)  # noqa: T201 - a program for a terminal
    print(f"{total} cases, no failure")  # noqa: T201 - as above
    return 0


if __name__ == "__main__":
    sys.exit(main())

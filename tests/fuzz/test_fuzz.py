"""Hostile bytes are refused or read alike by both readers, and never a bug; what once was one is kept and comes first."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.mutating import mutate
from tests.fuzz.targets import TARGETS, Target

_A_SEED = 10


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_corpus_is_read_alike(target: Target) -> None:
    assert sum([target.check(data) for data in target.seeds()])


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_changed_bytes_are_read_alike(target: Target) -> None:
    seeds, cases = target.seeds(), 0

    @given(st.integers(0, 2**64))
    def run(seed: int) -> None:
        nonlocal cases
        random = Random(seed)
        for _case in range(_A_SEED):
            target.check(mutate(random, random.choice(seeds), seeds))
            cases += 1

    run()
    print(f"{target.name}: {cases} cases")  # noqa: T201 - how many is part of the claim
    assert cases >= 100 * _A_SEED


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_alike(target: Target, data: bytes) -> None:
    target.check(data)

"""The collector looks seldom only while rows pass through."""

import gc

import pytest

from antq_desktop.runtime import collecting


def test_the_collector_looks_seldom_and_as_before_after_a_failure() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), collecting.seldom():
        assert gc.isenabled()
        assert gc.get_threshold()[0] > before[0]
        raise ZeroDivisionError
    assert gc.get_threshold() == before

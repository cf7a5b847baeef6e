"""Units, steps and occurrences reach the receiving unit, also a step that was taken back and recorded anew."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from antq_desktop.domain.units import UnitKey

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

FEBRUARY = date(2026, 2, 3)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_step_taken_back_and_recorded_anew_arrives(parties: "Parties", at_once: bool) -> None:
    commune = parties.commune
    unit = commune.units.add("agency", "Đảng ủy xã", "co-quan").record
    key, board = UnitKey("agency", unit.id), commune.year_board
    board.record(key, 2026, "registration", FEBRUARY)
    if not at_once:
        parties.receive(parties.send().path)
    board.take_back(key, 2026, "registration", "Ghi nhầm")
    if not at_once:
        parties.receive(parties.send().path)
    board.record(key, 2026, "registration", date(2026, 2, 4))
    commune.year_board.record_occurrence(
        UnitKey("commune", commune.session.unit_code), "k3-1", date(2026, 3, 1), 1, "1/BB", year=2026
    )
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.set_aside) == ("taken", ())
    parties.assert_equal()

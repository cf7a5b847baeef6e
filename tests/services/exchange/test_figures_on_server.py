"""The figures of all communes are the same whether the receiving unit keeps their records in its file or on a server."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

DATABASES = ("server",)


@pytest.mark.parametrize("period", ["2026-Q1", "2026-H1", "2026"])
def test_a_server_counts_as_the_communes_own_file_does(parties: "Parties", period: str) -> None:
    parties.commune.generated_commune.make(40, 1, 7)
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.code, verdict.set_aside) == ("all-new", ())
    (above,) = parties.receiving.consolidating.report(period).communes
    assert above.amounts == parties.commune.period_figures.amounts(period)

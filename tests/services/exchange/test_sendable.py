"""Whatever can be saved can be sealed and is taken in: no record ever stands in the way of those behind it."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_desktop.domain.events import MAX_LINE
from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.domain.settings import Setting
from antq_desktop.storage import outbox
from antq_desktop.storage.failures import RecordNotTellable, RecordTooLong

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

_LONG = [MAX_LINE - 2_000, MAX_LINE - 500, MAX_LINE, MAX_LINE // 2, MAX_LINE // 6 + 1]
_TEXT = st.one_of(
    st.text(st.characters(categories=None), max_size=20),
    st.builds(str.__mul__, st.sampled_from(["a", "ế", '"', "\x01", "\ud800", "\0"]), st.sampled_from(_LONG)),
)
_COUNT = st.one_of(st.integers(), st.sampled_from([10**17, 10**18 - 1, -(10**17), -(10**18), 2**63, 10**40]))


def _within(value: object, depth: int) -> object:
    return value if depth == 0 else _within([value], depth - 1)


_VALUE = st.one_of(
    st.builds(_within, st.one_of(_TEXT, _COUNT, st.floats()), st.integers(0, 40)),
    st.sampled_from([200_000, 260_000]).map(lambda many: [0] * many),
)
_RECORDS = st.one_of(
    st.builds(lambda value: {"value": value}, _VALUE),
    st.fixed_dictionaries({"title": _TEXT, "note": _TEXT, "attendance": _COUNT, "leaflets": _COUNT}),
)


def _record(fields: dict[str, Any]) -> Setting | OutreachCampaign:
    if "value" in fields:
        return Setting(id=str(uuid4()), unit_code="04978", **fields)
    return OutreachCampaign(
        id=str(uuid4()), unit_code="04978", kind="k", starts_on=date(2026, 1, 5), **fields
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(_RECORDS, min_size=4, max_size=8))
def test_whatever_can_be_saved_can_be_sent(parties: "Parties", drawn: list[dict[str, Any]]) -> None:
    store = parties.store(parties.commune)
    saved = 0
    for fields in drawn:
        with suppress(RecordTooLong, RecordNotTellable), store.writing("Bùi Văn An") as work:
            work.save(_record(fields))
            work.commit()
            saved += 1
    parties.work(1)  # and what comes behind it is not held up
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.new_events >= saved + 1) == ("taken", True)
    parties.commune.sending.take(parties.acknowledge())
    assert parties.commune.sending.waiting().count == 0


@pytest.mark.parametrize("wanted", [MAX_LINE, MAX_LINE + 1])
def test_the_longest_record_is_taken_and_one_byte_more_is_refused_with_nothing_kept(
    parties: "Parties", wanted: int
) -> None:
    store, record = parties.store(parties.commune), Setting(id="note", unit_code="04978", value="")
    with store.writing("Bùi Văn An") as work:
        work.save(record)
        (line,) = outbox.lines(
            work.connection, store.epoch, *[outbox.head(work.connection, store.epoch).seq] * 2
        )
    before = parties.rows(parties.commune)
    long = replace(record, value="a" * (wanted - len(line)))
    with store.writing("Bùi Văn An") as work:
        if wanted > MAX_LINE:
            with pytest.raises(RecordTooLong, match="1025 KB"):
                work.save(long)
        else:
            work.save(long)
            work.commit()
    (verdict,) = parties.receive(parties.send().path)
    assert verdict.verdict == "taken"
    if wanted > MAX_LINE:
        assert parties.rows(parties.commune) == before
    parties.assert_equal()


@pytest.mark.parametrize("attendance", [10**18, -(10**17), 10**40])
def test_a_number_that_no_reader_takes_is_refused_with_a_sentence(
    parties: "Parties", attendance: int
) -> None:
    fields = {"title": "Ra quân", "attendance": attendance}
    with parties.store(parties.commune).writing("Bùi Văn An") as work, pytest.raises(RecordNotTellable):
        work.save(_record(fields))


def test_a_reason_that_is_too_long_deletes_nothing(parties: "Parties") -> None:
    (home,) = parties.work(1)
    with parties.store(parties.commune).writing("Bùi Văn An") as work, pytest.raises(RecordTooLong):
        work.delete(work.get(type(home), home.id), "a" * MAX_LINE)
    assert parties.commune.households.get(home.id) == home

"""A record survives the way to another laptop, and what has the wrong shape is named."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.assessment import Answer, Reason, SelfAssessment
from antq_desktop.domain.commitments import Commitment, CommitmentState
from antq_desktop.domain.community_models import ModelRating
from antq_desktop.domain.ratios import Ratio
from antq_desktop.storage.codec import WrongShape
from antq_desktop.storage.records import KINDS, from_body, kind_of, to_body, to_record, to_row

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(0, 9999),
    st.dates(),
    st.text(max_size=12),
    st.integers(0, 50).map(lambda part: Ratio(part, part + 3)),
)
ANSWERS = st.builds(
    Answer,
    value=VALUES,
    source=st.sampled_from(["database", "officer"]),
    filled=VALUES,
    reason=st.none() | st.text(max_size=5),
    evidence=st.text(max_size=5),
)
ASSESSMENTS = st.builds(
    SelfAssessment,
    id=st.just("s1"),
    unit_code=st.just("04978"),
    unit_kind=st.just("residential_area"),
    unit_id=st.just("a1"),
    year=st.integers(2021, 2100),
    catalogue_id=st.just("tt124-2021-dieu4"),
    catalogue_version=st.just("1"),
    catalogue_sha256=st.just("0" * 64),
    answers=st.dictionaries(st.text(max_size=6), ANSWERS, max_size=4),
    result=st.sampled_from([None, "met", "not_met"]),
    reasons=st.lists(
        st.builds(Reason, st.text(max_size=3), st.sampled_from(["met", "not_met"]), st.text(max_size=9)),
        max_size=2,
    ).map(tuple),
    state=st.sampled_from(["draft", "final"]),
    assessed_on=st.none() | st.dates(),
    version=st.dictionaries(st.sampled_from(["d1", "d2"]), st.integers(1, 9)),
)


@given(ASSESSMENTS)
def test_a_record_survives_the_way_to_another_laptop_and_back(record: SelfAssessment) -> None:
    kind = kind_of(SelfAssessment)
    assert from_body(kind, to_body(record), record.version) == record
    assert to_record(kind, to_row(kind, record)) == record


PAPER = Commitment(
    id="c1",
    unit_code="04978",
    household_id="h1",
    campaign_id="y2026",
    year=2026,
    state=CommitmentState.SIGNED,
    signed_on=date(2026, 3, 1),
    signed_by="Nguyễn Văn Ánh",
)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("year", "2026"),
        ("year", True),
        ("year", 2026.0),
        ("state", "gone"),
        ("state", ["signed"]),
        ("signed_on", "2026-02-31"),
        ("signed_on", 20260301),
        ("signed_by", 7),
        ("household_id", None),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(field: str, value: object) -> None:
    with pytest.raises(WrongShape, match=field):
        from_body(kind_of(Commitment), {**to_body(PAPER), field: value}, {"d2": 1})


@pytest.mark.parametrize("change", [{"extra": 1}, {"year": ...}])
def test_fields_too_many_or_too_few_are_refused(change: dict[str, Any]) -> None:
    body = {name: value for name, value in {**to_body(PAPER), **change}.items() if value is not ...}
    with pytest.raises(WrongShape):
        from_body(kind_of(Commitment), body, {})


def test_a_share_that_cannot_be_is_refused() -> None:
    record = SelfAssessment(
        id="s1",
        unit_code="04978",
        unit_kind="residential_area",
        unit_id="a1",
        year=2026,
        catalogue_id="c",
        catalogue_version="1",
        catalogue_sha256="0",
        answers={"k1": Answer(Ratio(1, 2))},
    )
    body = to_body(record)
    assert from_body(kind_of(SelfAssessment), body, {}) == replace(record, version={})
    body["answers"]["k1"]["value"] = {"part": 3, "whole": 2}
    with pytest.raises(WrongShape):
        from_body(kind_of(SelfAssessment), body, {})


def test_each_table_has_a_column_for_each_field_and_says_which_it_works_out() -> None:
    for kind in KINDS:
        columns = set(kind.table.columns.keys())
        fields = set(kind.record.__dataclass_fields__)
        assert fields <= columns, kind.entity
        assert columns - fields <= {"head_key", "name_key", "folded"}, kind.entity


def test_an_event_of_an_older_program_lacks_only_what_came_later() -> None:
    rating = ModelRating(id="r1", unit_code="04978", model_id="m1", year=2025, rating="tot", version={"d": 1})
    kind, body = kind_of(ModelRating), to_body(rating)
    del body["rated_on"]
    assert from_body(kind, body, rating.version) == rating
    del body["rating"]
    with pytest.raises(WrongShape):
        from_body(kind, body, rating.version)

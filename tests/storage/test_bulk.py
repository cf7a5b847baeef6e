"""What is asked and written past SQLAlchemy says the same as by its own way."""

import json

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.storage import bulk
from antq_desktop.storage.records import KINDS, version_text
from antq_desktop.storage.register_tables import residential_areas
from antq_desktop.storage.unit_of_work import Store


@pytest.mark.parametrize(
    ("asked", "found"),
    [(["a1"], ["a1"]), ([], []), (['a"1', "a\\1", "Đ'1", "a2"], []), (["a2", "a1", "a1"], ["a1"])],
)
def test_many_values_are_asked_for_as_one(
    store: Store, area: ResidentialArea, asked: list[str], found: list[str]
) -> None:
    assert area.id == "a1"
    with store.reading() as work:
        ids = residential_areas.c.id
        query = sa.select(ids).where(bulk.among(work.connection, ids, asked))
        assert list(work.connection.execute(query).scalars()) == found


def test_names_of_kinds_are_texts_that_the_driver_takes_as_they_are() -> None:
    assert {type(kind.entity) for kind in KINDS} == {str}


@given(st.dictionaries(st.text(max_size=5), st.integers(0, 2**53), max_size=4))
def test_a_version_has_one_text(version: dict[str, int]) -> None:
    assert version_text(version) == json.dumps(version, sort_keys=True, separators=(",", ":"))

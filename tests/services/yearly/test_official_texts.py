"""The official wording of a criterion is typed in once, stands beside the shipped wording, and travels upward."""

import json

import pytest
import sqlalchemy as sa

from antq_desktop.domain.assessment import UnknownItem
from antq_desktop.domain.errors import NotFound
from antq_desktop.services.application import Application
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.services.yearly.official_texts import WordingRow
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.tables import outbox

CATALOGUE = "tt124-2021-dieu4"
TEXT = "Không để xảy ra\n  a)  Trọng án;\n\n b) Tệ nạn."
SOURCE = "Công báo số 101 ngày 12/01/2022"


def row_of(application: Application, item: str) -> WordingRow:
    (found,) = [
        row for row in application.official_texts.rows() if (row.catalogue_id, row.item) == (CATALOGUE, item)
    ]
    return found


@pytest.fixture
def unseen(application: Application) -> WordingRow:
    """Return a criterion of the residential areas whose official text nobody has seen."""
    return next(
        row
        for row in application.official_texts.rows()
        if row.catalogue_id == CATALOGUE and row.status == "unknown"
    )


def test_every_criterion_of_every_catalogue_is_listed_as_it_stands(application: Application) -> None:
    rows = application.official_texts.rows()
    for catalogue in application.catalogues.book():
        mine = [row for row in rows if row.catalogue_id == catalogue.id]
        assert [row.item for row in mine] == [item.id for item in catalogue.items]
        assert {row.version for row in mine} == {catalogue.version}
    assert {row.open for row in rows if row.status == "seen"} == {False}
    assert {row.open for row in rows if row.status != "seen"} == {True}
    assert {row.origin for row in rows} == {"circular"}


def test_a_text_typed_in_stands_beside_the_shipped_one(application: Application, unseen: WordingRow) -> None:
    assert unseen.standing == "Chưa đối chiếu văn bản gốc"
    written = application.official_texts.put(CATALOGUE, unseen.item, TEXT, f"  {SOURCE} ")
    assert written.changes.touches("official_wordings")
    row = row_of(application, unseen.item)
    assert row.official == written.record
    assert (row.official.text, row.official.source) == (
        "Không để xảy ra\na) Trọng án;\nb) Tệ nạn.",
        SOURCE,
    )
    assert (row.open, row.wording, row.status) == (False, unseen.wording, "unknown")
    assert row.standing == f"Đã đối chiếu văn bản gốc: Bùi Văn An, ngày 20/11/2026, theo {SOURCE}"
    # What was typed in changes no criterion: an assessment goes by the shipped catalogue as before.
    item = application.assessments.catalogue().item(unseen.item)
    assert item is not None
    assert (item.wording, item.compared) == (unseen.wording, False)


def test_the_same_text_again_changes_nothing_and_a_correction_does(
    application: Application, unseen: WordingRow
) -> None:
    first = application.official_texts.put(CATALOGUE, unseen.item, TEXT, SOURCE).record
    again = application.official_texts.put(CATALOGUE, unseen.item, TEXT, SOURCE)
    assert (again.record, bool(again.changes)) == (first, False)
    corrected = application.official_texts.put(CATALOGUE, unseen.item, "Không để xảy ra trọng án.", SOURCE)
    assert corrected.record.id == first.id
    assert row_of(application, unseen.item).official == corrected.record


@pytest.mark.parametrize(("text", "source", "field"), [(" \n ", SOURCE, "text"), (TEXT, " ", "source")])
def test_text_and_source_must_be_there(
    application: Application, unseen: WordingRow, text: str, source: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        application.official_texts.put(CATALOGUE, unseen.item, text, source)
    assert [finding.field for finding in refused.value.findings] == [field]
    assert row_of(application, unseen.item).official is None


def test_only_criteria_that_exist_have_a_text(application: Application) -> None:
    with pytest.raises(UnknownItem):
        application.official_texts.put(CATALOGUE, "k9", TEXT, SOURCE)
    with pytest.raises(NotFound):
        application.official_texts.put("tt23-2012", "k1", TEXT, SOURCE)


def test_taking_back_needs_a_reason_and_leaves_its_trace(
    application: Application, unseen: WordingRow
) -> None:
    kept = application.official_texts.put(CATALOGUE, unseen.item, TEXT, SOURCE).record
    with pytest.raises(ReasonMissing):
        application.official_texts.take_back(CATALOGUE, unseen.item, " ")
    assert application.official_texts.take_back(CATALOGUE, unseen.item, "Gõ nhầm khoản").touches(
        "official_wordings"
    )
    assert row_of(application, unseen.item).official is None
    typed, gone = reversed(application.journal.page(JournalFilter(entity_id=kept.id), Window()))
    assert (typed.action, typed.user) == ("official_text_typed", "Bùi Văn An")
    assert (gone.action, gone.note, gone.changes["text"]) == ("deleted", "Gõ nhầm khoản", [kept.text, None])
    with pytest.raises(NotFound):
        application.official_texts.take_back(CATALOGUE, unseen.item, "Lần nữa")


def test_the_text_goes_upward_as_an_event(application: Application, unseen: WordingRow) -> None:
    kept = application.official_texts.put(CATALOGUE, unseen.item, TEXT, SOURCE).record
    with application.official_texts._store.reading() as work:
        query = sa.select(outbox.c.line).where(outbox.c.entity_id == kept.id)
        (line,) = work.connection.execute(query).scalars()
    event = json.loads(line)
    assert (event["entity"], event["op"]) == ("official_wordings", "put")
    assert (event["body"]["item"], event["body"]["text"]) == (unseen.item, kept.text)

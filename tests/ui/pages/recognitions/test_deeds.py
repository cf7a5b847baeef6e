"""Work on several units: one that fails, or a stop, does not undo those that went well."""

from collections.abc import Callable
from datetime import date

from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.ui.models import result_lines
from antq_desktop.ui.pages.recognitions import deeds
from antq_desktop.ui.theme import State

Assess = Callable[[ResidentialArea], str]
TYPED = {"decision_number": "2/QĐ", "decision_date": date(2026, 11, 18)}


def test_a_unit_that_fails_is_named_and_the_others_are_kept(
    commune: Application, areas: list[ResidentialArea], assess: Assess
) -> None:
    ids = [assess(area) for area in areas[:2]]
    first = commune.recognitions.recognise(ids[0], "1/QĐ", date(2026, 11, 18)).record
    commune.recognitions.issue(first.id, date(2026, 11, 19))
    batch = deeds.decide(commune.recognitions, ids, TYPED, Progress())
    assert batch.failed == 1
    assert [line.name for line in result_lines.failed(batch.lines)] == [areas[0].name]
    assert areas[0].name in result_lines.in_short(batch.lines)
    assert list(batch.records.values()) == [areas[1].name]
    assert commune.recognitions.rows()[1].decision_number == "2/QĐ"
    assert batch.changes.touches("recognitions")


def test_a_stop_leaves_the_rest_as_it_is_and_says_so(
    commune: Application, areas: list[ResidentialArea], assess: Assess
) -> None:
    ids = [assess(area) for area in areas]
    progress = Progress(lambda done, _total, _what: progress.cancel() if done == 1 else None)
    batch = deeds.decide(commune.recognitions, ids, TYPED, progress)
    kept = [row.decision_number for row in commune.recognitions.rows()]
    assert kept[0] == "2/QĐ"
    assert kept.count("2/QĐ") == len(batch.records)
    assert batch.failed == 3 - len(batch.records) > 0


def test_what_is_wrong_with_what_was_typed_comes_back_for_its_field(
    commune: Application, areas: list[ResidentialArea], assess: Assess
) -> None:
    batch = deeds.decide(
        commune.recognitions, [assess(areas[0])], {**TYPED, "decision_number": ""}, Progress()
    )
    assert [found.field for found in batch.findings] == ["decision_number"]


def test_numbers_go_up_in_the_order_of_the_units_and_stand_in_the_results(
    commune: Application, areas: list[ResidentialArea], assess: Assess
) -> None:
    decided = deeds.decide(commune.recognitions, [assess(area) for area in areas], TYPED, Progress())
    batch = deeds.issue(commune.recognitions, list(decided.records), date(2026, 11, 19), Progress())
    assert [(line.name, line.said) for line in batch.lines] == [
        (area.name, f"Số 0{place}/GCN") for place, area in enumerate(areas, 1)
    ]


def test_certificates_are_made_once_to_be_looked_at_with_progress_and_a_line_each(
    commune: Application, areas: list[ResidentialArea], assess: Assess
) -> None:
    decided = deeds.decide(commune.recognitions, [assess(area) for area in areas], TYPED, Progress())
    issued = deeds.issue(commune.recognitions, list(decided.records), date(2026, 11, 19), Progress())
    told: list[int] = []
    prepared = deeds.prepare(
        commune.printing, issued.records, None, Progress(lambda done, _total, _what: told.append(done))
    )
    assert prepared.made.content.startswith(b"%PDF")
    assert prepared.ids == tuple(issued.records)
    assert [line.state for line in prepared.lines] == [State.GOOD] * 3
    assert told
    assert all(row.printed == 0 for row in commune.recognitions.register())


def test_a_name_with_a_letter_that_the_face_lacks_asks_for_a_look(
    commune: Application, areas: list[ResidentialArea], assess: Assess
) -> None:
    commune.territory.rename(areas[0].id, "Xóm 𒀀", date(2026, 1, 2))
    decided = deeds.decide(commune.recognitions, [assess(areas[0])], TYPED, Progress())
    issued = deeds.issue(commune.recognitions, list(decided.records), date(2026, 11, 19), Progress())
    line = deeds.prepare(commune.printing, issued.records, None, Progress()).lines[0]
    assert line.state is State.LOOK
    assert "𒀀" in line.said

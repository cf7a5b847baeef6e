"""Work on several units: one that fails, or a stop, does not undo those that went well."""

from collections.abc import Callable
from datetime import date

from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.ui.pages.recognitions import deeds


def test_a_unit_that_fails_is_named_and_the_others_are_kept(
    commune: Application, areas: list[ResidentialArea], assess: Callable[[ResidentialArea], str]
) -> None:
    for area in areas[:2]:
        assess(area)
    rows = commune.recognitions.rows()
    commune.recognitions.recognise(str(rows[0].id), "1/QĐ", date(2026, 11, 18))
    rows = commune.recognitions.rows()
    commune.recognitions.issue(str(rows[0].recognition_id), date(2026, 11, 19))
    typed = {"decision_number": "2/QĐ", "decision_date": date(2026, 11, 18)}
    batch = deeds.recognise(commune.recognitions, rows, typed, Progress())
    assert [done.unit_name for done in batch.failed] == [areas[0].name]
    assert areas[0].name in deeds.said(batch.failed)
    assert commune.recognitions.rows()[1].decision_number == "2/QĐ"
    assert batch.changes.touches("recognitions")


def test_a_stop_leaves_the_rest_as_it_is_and_says_so(
    commune: Application, areas: list[ResidentialArea], assess: Callable[[ResidentialArea], str]
) -> None:
    for area in areas:
        assess(area)
    progress = Progress(lambda done, _total, _what: progress.cancel() if done == 1 else None)
    typed = {"decision_number": "2/QĐ", "decision_date": date(2026, 11, 18)}
    batch = deeds.recognise(commune.recognitions, commune.recognitions.rows(), typed, progress)
    kept = [row.decision_number for row in commune.recognitions.rows()]
    assert kept.count("2/QĐ") + len(batch.failed) == 3
    assert batch.failed
    assert kept[0] == "2/QĐ"

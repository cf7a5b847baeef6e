"""Forms and further catalogues of the upper level go down signed; a commune's own wording stays before them."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antq_desktop.exchange import issued
from antq_desktop.exchange.issued import IssuedList, IssuedText
from antq_desktop.runtime.catalogue_files import FaultyCatalogueFile
from antq_desktop.runtime.resources import RESOURCES
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side import taking_catalogues
from antq_desktop.services.commune_side.taking_catalogues import (
    CataloguesOlder,
    FaultyCatalogue,
    UnknownCatalogueKind,
)
from antq_desktop.services.receiving_side.issuing import FormIssued, VersionShipped

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

FORM = "household-commitment"
TITLE = "title"
OURS, THEIRS, LATER = "Bản của xã", "Bản của tỉnh", "Bản của tỉnh, lần hai"


def title_of(side: Application) -> str:
    return next(row.title for row in side.forms.names() if row.name == FORM)


def issue(parties: "Parties", title: str) -> None:
    parties.receiving.forms.change(FORM, {TITLE: title})
    parties.receiving.issuing.issue_form(FORM)


def bring(parties: "Parties") -> str:
    (path,) = parties.receiving.issuing.write_to(parties.stick)
    taken = parties.commune.sending.take(path)
    path.unlink()
    return taken.sentence


def test_a_form_of_the_upper_level_is_printed_by_at_the_commune(parties: "Parties", tmp_path: Path) -> None:
    shipped = title_of(parties.commune)
    issue(parties, THEIRS)
    assert f"mẫu «{THEIRS}»" in bring(parties)
    assert title_of(parties.commune) == THEIRS != shipped
    row = next(row for row in parties.commune.forms.names() if row.name == FORM)
    assert not row.own
    assert THEIRS in parties.commune.forms.source(FORM)
    assert parties.commune.forms.sample(FORM, tmp_path / "mau.pdf").pages > 0


def test_the_newest_issue_holds_also_when_an_older_text_comes_back(parties: "Parties") -> None:
    issue(parties, THEIRS)
    issue(parties, LATER)
    bring(parties)
    assert title_of(parties.commune) == LATER
    issue(parties, THEIRS)
    bring(parties)
    assert (title_of(parties.commune), title_of(parties.receiving)) == (THEIRS, THEIRS)
    assert len(parties.receiving.issuing.issued()) == 2


def test_the_newest_issue_holds_in_whatever_order_the_files_come(parties: "Parties") -> None:
    """A, then B, then A again: three issues with three numbers; an old stick never brings B back."""
    files = []
    for number, title in enumerate((THEIRS, LATER, THEIRS)):
        issue(parties, title)
        folder = parties.stick / str(number)
        folder.mkdir()
        files += parties.receiving.issuing.write_to(folder)
    take = parties.commune.sending.take
    for number, title in ((0, THEIRS), (1, LATER), (2, THEIRS)):
        taken = take(files[number])
        assert (taken.code, title_of(parties.commune)) == ("catalogues-taken", title)
        assert taken.titles == (f"mẫu «{title}»",)
    rows = parties.rows(parties.commune)
    for number in (0, 1, 2, 1):
        assert take(files[number]).code == "catalogues-known"
    assert title_of(parties.commune) == THEIRS
    assert parties.rows(parties.commune) == rows


def test_of_two_lists_under_one_number_the_one_made_later_holds(parties: "Parties", tmp_path: Path) -> None:
    """A receiving unit that was restored counts anew; which of the two comes first decides nothing."""
    parties.receiving.close()
    shutil.copytree(parties.folder / "receiving", tmp_path / "backup")
    files = []
    for folder, title in (("receiving", THEIRS), ("backup", LATER)):
        parties.receiving = parties.open(tmp_path / folder if folder == "backup" else parties.folder / folder)
        parties.clock.at += timedelta(days=1)
        issue(parties, title)
        (tmp_path / f"stick-{folder}").mkdir()
        files += parties.receiving.issuing.write_to(tmp_path / f"stick-{folder}")
        parties.receiving.close()
    parties.receiving = parties.open(tmp_path / "backup")
    lost, later = files
    assert parties.commune.sending.take(later).code == "catalogues-taken"
    with pytest.raises(CataloguesOlder, match="number 1 of"):
        parties.commune.sending.take(lost)
    assert title_of(parties.commune) == LATER


def test_the_own_wording_of_a_commune_stays_before_it(parties: "Parties") -> None:
    parties.commune.forms.change(FORM, {TITLE: OURS})
    issue(parties, THEIRS)
    bring(parties)
    assert title_of(parties.commune) == OURS
    parties.commune.forms.back_to_shipped(FORM, "theo mẫu của tỉnh")
    assert title_of(parties.commune) == THEIRS


def test_what_the_communes_have_already_is_not_issued_again(parties: "Parties") -> None:
    with pytest.raises(FormIssued):
        parties.receiving.issuing.issue_form(FORM)
    issue(parties, THEIRS)
    with pytest.raises(FormIssued):
        parties.receiving.issuing.issue_form(FORM)
    assert len(parties.receiving.issuing.issued()) == 1


@pytest.mark.parametrize(
    ("kind", "text", "refusal"),
    [
        ("form.household-commitment", "title = 3", FaultyCatalogue),
        ("form.household-commitment", "không phải toml = = =", FaultyCatalogue),
        ("form.no-such-form", 'title = "x"', UnknownCatalogueKind),
        ("form.", 'title = "x"', UnknownCatalogueKind),
    ],
)
def test_a_form_that_cannot_be_printed_stops_the_whole_file(
    parties: "Parties", kind: str, text: str, refusal: type[Exception]
) -> None:
    before = title_of(parties.commune)
    content = issued.encode(IssuedList(1, (IssuedText(kind, text),)))
    with parties.store(parties.commune).writing("An") as work, pytest.raises(refusal):
        taking_catalogues.take(work, content, "Phòng PV05", parties.clock.at.date(), parties.clock.at)
    assert title_of(parties.commune) == before


def catalogue(tmp_path: Path, name: str, *changes: tuple[str, str]) -> Path:
    text = (RESOURCES / "catalogues" / f"{name}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


NEW_VERSION = ('version = "1"', 'version = "2"')


def test_indicators_worded_anew_are_those_that_figures_and_reports_name(
    parties: "Parties", tmp_path: Path
) -> None:
    renamed = ('name = "Số hộ đang cư trú"', 'name = "Tổng số hộ cư trú"')
    parties.receiving.issuing.issue(catalogue(tmp_path, "indicators", NEW_VERSION, renamed))
    bring(parties)
    for side in (parties.commune, parties.receiving):
        assert side.catalogues.indicators.indicators["households_living"].name == "Tổng số hộ cư trú"
    parties.work(2)
    parties.receive(parties.send().path)
    report = parties.receiving.consolidating.report("2026")
    assert next(line.name for line in report.lines if line.id == "households_living") == "Tổng số hộ cư trú"
    assert report.total == parties.commune.period_figures.amounts("2026")


def test_the_steps_of_models_go_down_too(parties: "Parties", tmp_path: Path) -> None:
    step = next(iter(parties.commune.catalogues.lifecycle.steps.values()))
    version = parties.commune.catalogues.lifecycle.version
    path = catalogue(
        tmp_path,
        "model-lifecycle",
        (f'version = "{version}"', 'version = "99"'),
        (f'name = "{step.name}"', 'name = "Bước đầu"'),
    )
    parties.receiving.issuing.issue(path)
    bring(parties)
    assert parties.commune.catalogues.lifecycle.steps[step.id].name == "Bước đầu"


def test_nothing_that_records_name_is_left_out(parties: "Parties", tmp_path: Path) -> None:
    with pytest.raises(VersionShipped):
        parties.receiving.issuing.issue(catalogue(tmp_path, "indicators", ("Số nhân khẩu", "Nhân khẩu")))
    gone = catalogue(tmp_path, "indicators", NEW_VERSION, ('id = "people_living"', 'id = "people"'))
    with pytest.raises(FaultyCatalogueFile, match="people_living"):
        parties.receiving.issuing.issue(gone)

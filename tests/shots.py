"""Takes a picture of every page: both roles, light and dark, at 1366×768 and at twice the size on the same screen.

Run by ``dev.py shots``; ``python tests/shots.py OUTDIR [name of one look]``. Qt takes its scale once, at its start, so each
look is a process of its own.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from antq_desktop.ui.jobs import Lane
    from antq_desktop.ui.main_window import MainWindow
    from antq_desktop.ui.pages.recognitions.page import RecognitionsPage
    from antq_desktop.ui.pages.reports.page import ReportsPage
    from antq_desktop.ui.pages.yearly_board.page import YearlyBoardPage

PASSPHRASE = "thu-nghiem-2026"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WIDTH, HEIGHT = 1366, 768

_met: list[Exception] = []


@dataclass(frozen=True)
class Look:
    """One way in which the screen may show the program."""

    name: str
    scale: int
    dark: bool


LOOKS = (
    Look("light", 1, False),
    Look("dark", 1, True),
    Look("double", 2, False),
    Look("double-dark", 2, True),
)


def main() -> int:
    out = Path(sys.argv[1]).resolve()
    only = sys.argv[2] if len(sys.argv) > 2 else ""
    with TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        made = subprocess.run(
            [sys.executable, "-m", "antq_desktop", "demo", "--out", str(demo)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "ANTQ_PASSPHRASE": PASSPHRASE},
        )
        if made.returncode:
            sys.stderr.write(made.stderr or made.stdout)
            return made.returncode
        _add_conflicts(demo)
        for look in LOOKS:
            if only and only != look.name:
                continue
            done = subprocess.run(
                [sys.executable, __file__, "--look", look.name, str(demo), str(out)],
                check=False,
                env={**os.environ, "QT_SCALE_FACTOR": str(look.scale)},
            )
            if done.returncode:
                return done.returncode
    sys.stdout.write(f"{len(list(out.rglob('*.png')))} pictures in {out}\n")
    return 0


def _add_conflicts(demo: Path) -> None:
    """Let a second laptop of the commune change what the first one changed, so that there is something to decide."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from antq_desktop.bootstrap import open_workspace
    from tests import second_laptop

    commune, upper = (
        open_workspace(demo / role, PASSPHRASE, lambda: NOW) for role in ("commune", "receiving")
    )
    stick = demo / "usb"
    stick.mkdir(exist_ok=True)
    second = second_laptop.add(demo / "second", commune, upper, stick, PASSPHRASE)
    second_laptop.change_both(commune, second, stick)
    for application in (second, commune, upper):
        application.close()


def take(look: Look, demo: Path, out: Path) -> None:
    """Picture everything once in one look."""
    from antq_desktop.bootstrap import open_workspace
    from antq_desktop.ui import theme
    from antq_desktop.ui.jobs import Lane
    from antq_desktop.ui.program import make_window, read_opened
    from antq_desktop.ui.start import dressed

    app = dressed()
    theme.apply(app, dark=look.dark)
    for role in ("commune", "receiving"):
        lane = Lane(_fail, _fail)
        application = open_workspace(demo / role, PASSPHRASE, lambda: NOW)
        window = make_window(read_opened(application), lane)
        window.resize(WIDTH // look.scale, HEIGHT // look.scale)
        window.show()
        for name in _visits(window, lane, demo / "papers"):
            _save(window, lane, out / look.name / f"{role}-{name}.png")
        window.close()
        lane.close()
        application.close()
    _take_start(look, demo, out)


def _visits(window: "MainWindow", lane: "Lane", papers: Path) -> Iterator[str]:
    """Open one page after the other; those with a table also with the details of a row."""
    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QTableView

    from antq_desktop.ui.pages.reports.page import ReportsPage
    from antq_desktop.ui.pages.settings.page import SettingsPage
    from antq_desktop.ui.pages.verify.page import VerifyPage

    for place, key in enumerate(window.page_keys, 1):
        window.open_page(key)
        lane.wait_idle()
        yield f"{place:02}-{key}"
        page = window.page
        if isinstance(page, SettingsPage):
            for section in page.section_keys[1:]:
                page.show_section(section)
                yield f"{place:02}-{key}-{section}"
        for view in _views(page, lane):
            yield f"{place:02}-{key}-{view}"
        tables = [table for table in page.findChildren(QTableView) if table.isVisible()]
        for table in sorted(tables, key=lambda one: one.width())[-1:]:
            first = table.model().index(1, 0, QModelIndex())
            if first.isValid():
                table.setCurrentIndex(first)
                lane.wait_idle()
                yield f"{place:02}-{key}-details"
        yield from (f"{place:02}-{key}-{part}" for part in _parts(page, lane))
        if isinstance(page, ReportsPage):
            yield from (f"{place:02}-{key}-{part}" for part in _parts_of_reports(page, lane))
        if isinstance(page, VerifyPage):
            page.check_files([papers / "certificate.pdf"])
            lane.wait_idle()
            yield f"{place:02}-{key}-checked"
    window.lock()
    yield "locked"


def _parts(page: "QWidget", lane: "Lane") -> Iterator[str]:
    """Show the parts of the details of a chosen row."""
    from antq_desktop.ui.pages.community_models.page import ModelsPage
    from antq_desktop.ui.pages.conflicts.page import ConflictsPage
    from antq_desktop.ui.pages.recognitions.page import RecognitionsPage
    from antq_desktop.ui.pages.yearly_board.page import YearlyBoardPage

    if isinstance(page, ModelsPage):
        for part in ("steps", "parts", "means", "ratings"):
            page.side.show_part(part)
            yield part
    if isinstance(page, YearlyBoardPage):
        yield from _parts_of_board(page, lane)
    if isinstance(page, RecognitionsPage):
        yield from _parts_of_recognitions(page, lane)
    if isinstance(page, ConflictsPage):
        page.versions.choose(0)
        page.versions.equal_too.setChecked(True)
        yield "chosen"


def _parts_of_board(page: "YearlyBoardPage", lane: "Lane") -> Iterator[str]:
    """Show what happened in the year of a unit, its dossier, a step being recorded, and all units at once."""
    for part in ("occurrences", "dossier"):
        page.show_details()
        page.side.show_part(part)
        yield part
    page.side.open_step("meeting")
    yield "record"
    page.table.selectAll()
    lane.wait_idle()
    page.show_details()
    yield "batch"


def _views(page: "QWidget", lane: "Lane") -> Iterator[str]:
    """Open what else a page can show, one after the other."""
    from antq_desktop.ui.pages.activities.page import ActivitiesPage
    from antq_desktop.ui.pages.assessments.page import AssessmentsPage
    from antq_desktop.ui.pages.awards.page import AwardsPage
    from antq_desktop.ui.pages.criteria.page import CriteriaPage
    from antq_desktop.ui.pages.festival.page import FestivalPage
    from antq_desktop.ui.pages.forces.page import ForcesPage
    from antq_desktop.ui.pages.outreach.page import OutreachPage

    if isinstance(page, ActivitiesPage):
        for view in ("month", "week"):
            page.see(view)
            lane.wait_idle()
            yield view
        page.see("list")
    if isinstance(page, ForcesPage | OutreachPage | FestivalPage):
        first, *others = page.chips.keys
        for view in others:
            page.see(view)
            lane.wait_idle()
            yield view
        page.see(first)
    if isinstance(page, AwardsPage):
        page.table.selectAll()
        lane.wait_idle()
        yield "several"
        page.hide_details()
        page.table.clearSelection()
    yield from _views_of_upper_level(page, lane)
    if isinstance(page, CriteriaPage):
        for view in page.views[1:]:
            page.wanted(view=view)
            lane.wait_idle()
            yield view
        page.wanted()
    if isinstance(page, AssessmentsPage):
        for kind in ("agency", "commune"):
            page.wanted(unit_id=page.first_of(kind))
            lane.wait_idle()
            yield kind


def _views_of_upper_level(page: "QWidget", lane: "Lane") -> Iterator[str]:
    from antq_desktop.ui.pages.consolidated.page import ConsolidatedPage
    from antq_desktop.ui.pages.receiving.page import ReceivingPage

    if isinstance(page, ReceivingPage):
        page.lists.see("files")
        yield "files"
        page.lists.see("communes")
    if isinstance(page, ConsolidatedPage):
        page.see("communes")
        lane.wait_idle()
        yield "communes"
        page.see("figures")
        lane.wait_idle()


def _parts_of_recognitions(page: "RecognitionsPage", lane: "Lane") -> Iterator[str]:
    """Show one unit, all at once, their certificates on white paper and on bought blanks, and the register."""
    page.lists.units.selectRow(0)
    lane.wait_idle()
    page.show_details()
    yield "unit"
    page.lists.units.selectAll()
    lane.wait_idle()
    page.show_details()
    yield "batch"
    for on_blank in (False, True):
        page.certifying.print_chosen(on_blank=on_blank)
        lane.wait_idle()
        yield "blank" if on_blank else "certificates"
        page.uncover()
    page.see("register")
    yield "register"


def _parts_of_reports(page: "ReportsPage", lane: "Lane") -> Iterator[str]:
    """Show what a report would say, the rows behind a figure, and an annex."""
    page.open("2026-Q3")
    lane.wait_idle()
    yield "opened"
    page.see_behind("households_signed")
    lane.wait_idle()
    yield "behind"
    page.body.see("areas")
    yield "annex"
    page.back()


def _take_start(look: Look, demo: Path, out: Path) -> None:
    """Picture the first start, step by step, and the door."""
    from antq_desktop.runtime.single_instance import AlreadyOpen
    from antq_desktop.ui.gate import Gate
    from antq_desktop.ui.jobs import Lane
    from antq_desktop.ui.pages.first_start.wizard import FirstStart

    lane = Lane(_fail, _fail)
    with TemporaryDirectory() as folder:
        wizard = FirstStart(Path(folder) / "xã", lane)
        # What the wizard would do on a screen of this size.
        wizard.resize(min(980, WIDTH // look.scale - 16), min(640, HEIGHT // look.scale - 48))
        wizard.show()
        _save(wizard, lane, out / look.name / "start-1-role.png")
        wizard.go_on()
        lane.wait_idle()
        wizard.place.text.setText("kim boi")
        _rest(lane)
        _save(wizard, lane, out / look.name / "start-2-place.png")
        wizard.go_on()
        wizard.officer.form.boxes["officer"].set_typed("Hà Quang Vinh")
        wizard.officer.form.boxes["rank"].set_typed("Trung tá")
        wizard.officer.form.editing.emit()
        _save(wizard, lane, out / look.name / "start-3-officer.png")
        wizard.go_on()
        for field in (wizard.passphrase.new.first, wizard.passphrase.new.second):
            field.setText("cây đa bến nước sân đình")
        _save(wizard, lane, out / look.name / "start-4-passphrase.png")
        wizard.go_on()
        lane.wait_idle()
        _save(wizard, lane, out / look.name / "start-5-recovery.png")
        wizard.recovery.tick.setChecked(True)
        wizard.go_on()
        _save(wizard, lane, out / look.name / "start-6-done.png")
        wizard.made.connect(lambda application: application.close())
        wizard.go_on()
    gate = Gate(
        lane, free=_nothing, open_=lambda _passphrase: None, reset=lambda _key, _new: None, place=str(demo)
    )
    gate.resize(min(760, WIDTH // look.scale), min(560, HEIGHT // look.scale))
    gate.show()
    _save(gate, lane, out / look.name / "gate-1-passphrase.png")
    gate.ask_recovery_key()
    _save(gate, lane, out / look.name / "gate-2-forgotten.png")
    gate.show_trouble(AlreadyOpen())
    _save(gate, lane, out / look.name / "gate-3-trouble.png")
    gate.close()
    lane.close()


def _save(widget: "QWidget", lane: "Lane", path: Path) -> None:
    _rest(lane)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(path)):
        raise OSError(path)


def _rest(lane: "Lane") -> None:
    """Let timers, the lane and the painting come to rest."""
    from PySide6.QtTest import QTest

    QTest.qWait(200)
    lane.wait_idle()
    QTest.qWait(50)


def _nothing() -> None:
    """Find the workspace free."""


def _fail(failure: Exception) -> None:
    _met.append(failure)


def _look(name: str) -> Look:
    return next(look for look in LOOKS if look.name == name)


if __name__ == "__main__":
    if sys.argv[1] == "--look":
        take(_look(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
        if _met:
            raise _met[0]
        sys.exit(0)
    sys.exit(main())

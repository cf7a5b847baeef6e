"""The jobs that are killed at every step: what comes before each, what it does, and what may stand when it was cut off."""

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.domain.households import Household
from antq_desktop.exchange import opening
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side.sending import NothingToSend
from antq_desktop.services.first_start import NewWorkspace, new_receiving_unit
from antq_desktop.services.recovery.rebuilding import NotUntouched
from antq_desktop.storage.key_file import Cost

PASSPHRASE = "cây đa bến nước 04978"
NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
HOMES = 4
WHY = "ổ cứng hỏng"
LIST = "Số thứ tự,Họ và tên chủ hộ,Năm sinh,Số nhân khẩu,Thôn\n" + "".join(
    f"{n},Quách Văn {name},1970,4,Xóm Bãi\n" for n, name in enumerate(("An", "Bình", "Chính"), 1)
)


@dataclass
class Sides:
    """Both workspaces and the stick in ``folder``, opened when they are asked for."""

    folder: Path
    _open: dict[str, Application] = field(default_factory=dict)

    @property
    def stick(self) -> Path:
        return self.folder / "USB"

    @property
    def commune(self) -> Application:
        return self["commune"]

    @property
    def receiving(self) -> Application:
        return self["receiving"]

    def __getitem__(self, side: str) -> Application:
        if side not in self._open:
            self._open[side] = open_workspace(self.folder / side, PASSPHRASE, lambda: NOW)
        return self._open[side]

    def close(self) -> None:
        for application in self._open.values():
            application.close()
        self._open.clear()

    def files(self, kind: str) -> list[Path]:
        """Return the files of a kind on the stick; raises where a name of ours stands on half a file."""
        found = sorted(self.stick.glob("*.antq"), key=lambda path: path.stat().st_mtime_ns)
        return [path for path in found if opening.look(path).claims.kind == kind]

    def clear_stick(self) -> None:
        for file in self.stick.iterdir():
            file.unlink()

    def enrol(self) -> None:
        request = self.commune.sending.enrolment_request(self.stick)
        trust = self.receiving.receiving.enrol(request.path, request.check_number)
        self.commune.sending.take(trust.path)
        request.path.unlink()
        trust.path.unlink()

    def settle_homes(self, count: int) -> None:
        areas = self.commune.territory.areas()
        area = areas[0] if areas else self.commune.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
        for n in range(count):
            home = Household(
                id="", unit_code="", area_id=area.id, head=f"Bùi Thị Hoa {n}", birth="1980", members=4
            )
            self.commune.households.save(home)

    def deliver(self) -> None:
        """Bring what waits to the receiving unit; its bundles stay on the stick."""
        self.commune.sending.send(self.stick)
        self.receiving.receiving.receive(self.files("bundle"))

    def confirm(self) -> None:
        answer = self.receiving.receiving.acknowledge("04978", self.stick)
        self.commune.sending.take(answer)
        answer.unlink()


def make_commune(folder: Path) -> None:
    new = NewWorkspace("commune", "04978", "Bùi Văn An", PASSPHRASE, {"working_year": 2026})
    create_workspace(folder, new, lambda: NOW, Cost(1, 8 * 1024 * 1024)).application.close()


def make_sides(folder: Path) -> Sides:
    """Make a commune with a few households and its receiving unit; they know each other."""
    make_commune(folder / "commune")
    above = new_receiving_unit("PV05", officer="Lê Thị Bình", year=2026, passphrase=PASSPHRASE)
    made = create_workspace(folder / "receiving", above, lambda: NOW, Cost(1, 8 * 1024 * 1024)).application
    made.receiving.initialise("PV05")
    made.close()
    sides = Sides(folder)
    sides.stick.mkdir()
    sides.enrol()
    sides.settle_homes(HOMES)
    return sides


def count(application: Application, table: str) -> int:
    with application.sending._store.reading() as work:
        return int(work.connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())


def finish(sides: Sides) -> str:
    """Go the whole way from the commune to its acknowledgement; return what both sides hold then."""
    with suppress(NothingToSend):
        sides.commune.sending.send(sides.stick)
    sides.receiving.receiving.receive(sides.files("bundle"))
    sides.confirm()
    again = {verdict.code for verdict in sides.receiving.receiving.receive(sides.files("bundle"))}
    tables = ("households", "received_events", "set_aside")
    return json.dumps(
        [
            sorted((row.epoch, row.last_seq) for row in sides.receiving.receiving.communes()),
            [count(sides.receiving, table) for table in tables],
            [count(sides.commune, table) for table in ("households", "outbox")],
            sides.commune.sending.waiting().count,
            sorted(again),
            [side.journal.check().holds for side in (sides.commune, sides.receiving)],
            [path.name for path in sides.stick.glob(".*")] and "left on the stick",
        ]
    )


@dataclass(frozen=True)
class Job:
    """What ``side`` is killed at.

    ``run`` can be done again after a kill. ``stands`` is what must be as before the job or as after it, never between.
    """

    side: str
    prepare: Callable[[Sides], object]
    run: Callable[[Sides], object]
    stands: Callable[[Sides], object] = lambda _sides: None
    finish: Callable[[Sides], str] = finish


def _received(sides: Sides) -> object:
    end = sides.receiving.receiving.communes()[0].last_seq
    return count(sides.receiving, "received_events"), end, count(sides.receiving, "households")


def _answer_waits(sides: Sides) -> None:
    sides.deliver()
    sides.clear_stick()
    sides.receiving.receiving.acknowledge("04978", sides.stick)


def _take(sides: Sides) -> None:
    for file in sides.files("ack"):
        sides.commune.sending.take(file)


def _import(sides: Sides) -> None:
    file = sides.folder / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    intake = sides.commune.intake
    intake.run(intake.plan(intake.read(file)))


def _put_back(sides: Sides) -> None:
    """Lay a database that is older than what went out over the one in use; the last bundle stays on the stick."""
    sides.deliver()
    sides.confirm()
    sides.close()
    database = sides.folder / "commune" / "antq.db"
    backup = sides.folder / "backup.db"
    shutil.copy(database, backup)
    sides.clear_stick()
    sides.settle_homes(2)
    sides.deliver()
    sides.close()
    for path in database.parent.glob("antq.db*"):
        path.unlink()
    shutil.copy(backup, database)
    assert sides.commune.mending.state() is not None


def _history(sides: Sides) -> object:
    """Return whether the history is in doubt, who the laptop is and how long its log is, by epochs."""
    with sides.commune.sending._store.reading() as work:
        log = work.connection.execute(sa.text("SELECT epoch, count(*) FROM outbox GROUP BY epoch")).all()
        epoch, key = work.local("epoch", 1), work.local("enrolment", None) is not None
    state = sides.commune.mending.state()
    return state and state.code, epoch, key, sorted(map(tuple, log)), count(sides.commune, "households")


def _mend(sides: Sides) -> None:
    if sides.commune.mending.state() is not None:
        sides.commune.mending.mend("restored", WHY)


def _clone(sides: Sides) -> None:
    if sides.commune.mending.state() is not None:
        sides.commune.mending.mend("cloned", WHY)


def _enrol_and_finish(sides: Sides) -> str:
    sides.enrol()
    return finish(sides)


def _roll_forward(sides: Sides) -> None:
    if sides.commune.mending.state() is not None:
        sides.commune.rebuilding.rebuild(sides.files("bundle"))


def _lose_the_laptop(sides: Sides) -> None:
    """Let a new laptop of the commune be enrolled, which has nothing of what was delivered."""
    sides.deliver()
    sides.close()
    sides.clear_stick()
    shutil.rmtree(sides.folder / "commune")
    make_commune(sides.folder / "commune")
    sides.enrol()


def _hand_back(sides: Sides) -> None:
    sides.receiving.handing_back.hand_back("04978", sides.stick)


def _lose_and_hand_back(sides: Sides) -> None:
    _lose_the_laptop(sides)
    _hand_back(sides)


def _rebuild(sides: Sides) -> None:
    with suppress(NotUntouched):
        sides.commune.rebuilding.rebuild(sides.files("snapshot")[-1:])


def _rebuild_and_finish(sides: Sides) -> str:
    _rebuild(sides)
    return finish(sides)


def _rebuilt(sides: Sides) -> object:
    return count(sides.commune, "received_events"), count(sides.commune, "households"), _history(sides)


JOBS = {
    "receive": Job(
        "receiving",
        lambda sides: sides.commune.sending.send(sides.stick),
        lambda sides: sides.receiving.receiving.receive(sides.files("bundle")),
        _received,
    ),
    "send": Job(
        "commune",
        lambda _sides: None,
        lambda sides: sides.commune.sending.send(sides.stick),
    ),
    "acknowledge": Job(
        "receiving",
        Sides.deliver,
        lambda sides: sides.receiving.receiving.acknowledge("04978", sides.stick),
    ),
    "take": Job("commune", _answer_waits, _take, lambda sides: sides.commune.sending.waiting().count),
    "import": Job("commune", lambda _sides: None, _import, lambda sides: count(sides.commune, "households")),
    "mend": Job("commune", _put_back, _mend, _history),
    "clone": Job("commune", _put_back, _clone, _history, _enrol_and_finish),
    "roll-forward": Job("commune", _put_back, _roll_forward, _history),
    "hand-back": Job("receiving", _lose_the_laptop, _hand_back, finish=_rebuild_and_finish),
    "rebuild": Job("commune", _lose_and_hand_back, _rebuild, _rebuilt),
}

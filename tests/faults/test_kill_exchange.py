"""A process that is killed at any statement or step of the disk leaves the whole job or nothing of it, and can be run again.

The test runs this file as a program. That one prepares a commune and a receiving unit, then, for n = 1 … until the job
ends before its n-th step: copies both, forks a child that does the job and kills itself (SIGKILL) before step n, opens
what was left, and does the job again.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from antq_desktop.services.application import Application

PASSPHRASE = "cây đa bến nước 04978"
NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
HOMES = 4
#: Every how manieth step is tried; 1 tries them all, in about three minutes.
STRIDE = int(os.environ.get("ANTQ_KILL_STRIDE", "5"))
#: The working year that a new workspace begins with, the area, the households.
EVENTS = HOMES + 2
LIST = "Số thứ tự,Họ và tên chủ hộ,Năm sinh,Số nhân khẩu,Thôn\n" + "".join(
    f"{n},Quách Văn {name},1970,4,Xóm Bãi\n" for n, name in enumerate(("An", "Bình", "Chính"), 1)
)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are not there on Windows")
@pytest.mark.parametrize("job", ["receive", "send", "acknowledge", "take", "import"])
def test_killed_at_every_step_of(job: str, tmp_path: Path) -> None:
    """Look at what the program below found: nothing half-done, and the same end however often it was killed."""
    done = subprocess.run(
        [sys.executable, __file__, job, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env={**os.environ, "ANTQ_COUNTERS": str(tmp_path / "profile")},
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["kills"] >= 30 // STRIDE, told  # else the steps were not counted
    assert told["half_done"] == []
    assert len(told["ends"]) == 1, told


@dataclass
class Sides:
    """Both workspaces and the stick in ``folder``, opened when they are asked for."""

    folder: Path
    _open: dict[str, "Application"] = field(default_factory=dict)

    @property
    def stick(self) -> Path:
        return self.folder / "USB"

    def __getitem__(self, side: str) -> "Application":
        from antq_desktop.bootstrap import open_workspace

        if side not in self._open:
            self._open[side] = open_workspace(self.folder / side, PASSPHRASE, lambda: NOW)
        return self._open[side]

    def close(self) -> None:
        for application in self._open.values():
            application.close()
        self._open.clear()


def prepare(folder: Path, job: str) -> None:
    """Make both sides and everything that comes before ``job``."""
    from antq_desktop.bootstrap import create_workspace
    from antq_desktop.domain.households import Household
    from antq_desktop.services.first_start import NewWorkspace, new_receiving_unit
    from antq_desktop.storage.key_file import Cost

    cheap = Cost(passes=1, memory=8 * 1024 * 1024)
    new = NewWorkspace("commune", "04978", "Bùi Văn An", PASSPHRASE, {"working_year": 2026})
    create_workspace(folder / "commune", new, lambda: NOW, cheap).application.close()
    above = new_receiving_unit("PV05", officer="Lê Thị Bình", year=2026, passphrase=PASSPHRASE)
    made = create_workspace(folder / "receiving", above, lambda: NOW, cheap).application
    made.receiving.initialise("PV05")
    made.close()
    sides = Sides(folder)
    sides.stick.mkdir()
    request = sides["commune"].sending.enrolment_request(sides.stick)
    trust = sides["receiving"].receiving.enrol(request.path, request.check_number)
    sides["commune"].sending.take(trust.path)
    request.path.unlink()
    trust.path.unlink()
    area = sides["commune"].territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    for n in range(HOMES):
        sides["commune"].households.save(
            Household(id="", unit_code="", area_id=area.id, head=f"Bùi Thị Hoa {n}", birth="1980", members=4)
        )
    if job in ("receive", "acknowledge", "take"):
        sides["commune"].sending.send(sides.stick)
    if job in ("acknowledge", "take"):
        sides["receiving"].receiving.receive(sorted(sides.stick.iterdir()))
    if job == "take":
        for file in sides.stick.iterdir():
            file.unlink()
        sides["receiving"].receiving.acknowledge("04978", sides.stick)
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    sides.close()


def run(sides: Sides, job: str) -> None:
    if job == "receive":
        sides["receiving"].receiving.receive(sorted(sides.stick.glob("*.antq")))
    elif job == "send":
        sides["commune"].sending.send(sides.stick)
    elif job == "acknowledge":
        sides["receiving"].receiving.acknowledge("04978", sides.stick)
    elif job == "take":
        for file in sorted(sides.stick.glob("*.antq")):
            sides["commune"].sending.take(file)
    else:
        intake = sides["commune"].intake
        intake.run(intake.plan(intake.read(sides.folder / "list.csv")))


def half_done(sides: Sides, job: str) -> list[str]:
    """Return what is neither as before the job nor as after it."""
    found = []
    if job == "receive":
        events = _count(sides["receiving"], "received_events")
        end = sides["receiving"].receiving.communes()[0].last_seq
        records = _count(sides["receiving"], "households")
        if (events, end, records) not in ((0, 0, 0), (EVENTS, EVENTS, HOMES)):
            found.append(f"{events} events, end at {end}, {records} households")
    elif job == "import":
        records = _count(sides["commune"], "households")
        if records not in (HOMES, HOMES + 3):
            found.append(f"{records} households")
    elif job == "take":
        waiting = sides["commune"].sending.waiting().count
        if waiting not in (0, EVENTS):
            found.append(f"{waiting} rows wait")
    for file in sides.stick.glob("*.antq"):
        from antq_desktop.exchange import opening

        opening.look(file)  # raises when a name of ours stands on half a file
    return found


def end(sides: Sides, job: str) -> str:
    """Finish the whole way from the commune to its acknowledgement; return what both sides hold then."""
    if not any(sides.stick.glob("*.antq")) and job != "take":
        sides["commune"].sending.send(sides.stick)
    sides["receiving"].receiving.receive(sorted(sides.stick.glob("*.antq")))
    answer = sides["receiving"].receiving.acknowledge("04978", sides.stick)
    sides["commune"].sending.take(answer)
    commune = sides["receiving"].receiving.communes()[0]
    rows = {name: _count(sides["receiving"], name) for name in ("households", "received_events", "set_aside")}
    left = sides["commune"].sending.waiting().count
    hidden = sorted(path.name for path in sides.stick.glob(".*"))
    again = [verdict.code for verdict in sides["receiving"].receiving.receive(_bundles(sides.stick))]
    return json.dumps([commune.epoch, commune.last_seq, rows, left, again, hidden and "left on the stick"])


def _bundles(stick: Path) -> list[Path]:
    from antq_desktop.exchange import opening

    return [path for path in sorted(stick.glob("*.antq")) if opening.look(path).claims.kind == "bundle"]


def _count(application: "Application", table: str) -> int:
    import sqlalchemy as sa

    with application.sending._store.reading() as work:
        return int(work.connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())


def kill_before(n: int) -> None:
    """Have this process end by SIGKILL before its n-th statement, commit or step of the disk."""
    import sqlalchemy as sa

    step = 0

    def count(*_given: Any, **_named: Any) -> None:
        nonlocal step
        step += 1
        if step == n:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit", "rollback"):
        sa.event.listen(sa.Engine, name, count)

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            count()
            return real(*given, **named)

        return call

    for name in ("fsync", "replace", "unlink", "rename"):
        setattr(os, name, counted(getattr(os, name)))


def main(job: str, folder: Path) -> None:
    before = folder / "before"
    before.mkdir()
    os.environ["ANTQ_COUNTERS"] = str(before / "profile")
    prepare(before, job)
    kills, broken, ends = 0, [], set()
    n = 0
    is_over = False
    while not is_over:
        n += STRIDE
        copy = folder / "copy"
        shutil.copytree(before, copy)
        os.environ["ANTQ_COUNTERS"] = str(copy / "profile")
        child = os.fork()
        if child == 0:
            sides = Sides(copy)
            side = "receiving" if job in ("receive", "acknowledge") else "commune"
            _ = sides[side]
            kill_before(n)
            try:
                run(sides, job)
                os._exit(0)
            finally:
                os._exit(70)
        _pid, status = os.waitpid(child, 0)
        is_over = os.WIFEXITED(status)
        if is_over and os.WEXITSTATUS(status):
            raise RuntimeError(f"step {n}: the job failed")
        kills += not is_over
        sides = Sides(copy)
        broken += [f"step {n}: {what}" for what in half_done(sides, job)]
        run(sides, job)
        ends.add(end(sides, job))
        sides.close()
        shutil.rmtree(copy)
    print(json.dumps({"kills": kills, "half_done": broken, "ends": sorted(ends)}))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

"""A number of a certificate is given out once, whoever races for it: two processes on one file, or two laptops of a commune."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.domain.events import decode
from antq_desktop.domain.recognition import Certificate
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.application import Application
from antq_desktop.services.first_start import new_receiving_unit
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.storage.applying import Applier, Arrival
from antq_desktop.storage.key_file import Cost, KeyFile
from antq_desktop.storage.register_tables import certificates
from antq_desktop.storage.tables import outbox

PASSPHRASE = "cây đa bến nước 04978"
DECIDED, TODAY = date(2026, 11, 18), date(2026, 11, 20)
EACH = 12
#: Opens the file past the lock of the program, says that it is ready, waits for the start, then issues as fast as it can.
#: It waits for the other one longer than the program would: on a busy machine that may hold the file for seconds.
RACER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.yearly.recognitions import Recognitions
from antq_desktop.services.session import Session
from antq_desktop.storage import engine
from antq_desktop.storage.unit_of_work import Store

engine._WAIT_SECONDS = 60.0
path, key, *decisions = sys.argv[1:]
clock = lambda: datetime(2026, 11, 20, 5, tzinfo=UTC)
store = Store(engine.open_engine(Path(path), bytes.fromhex(key)), clock)
recognitions = Recognitions(store, Session("An", store.unit_code, clock, lambda: 2026), Catalogues(store))
print("ready", flush=True)
sys.stdin.readline()
for decision in decisions:
    print(recognitions.issue(decision, date(2026, 11, 20)).record.number, flush=True)
store.close()
"""


@pytest.fixture
def decided(good_answers: Callable[..., dict[str, Given]]) -> Callable[..., list[str]]:
    """Return what recognises new areas: ``decided(application, 3)`` gives the ids of their decisions."""

    def decisions(application: Application, count: int) -> list[str]:
        found = []
        for n in range(count):
            area = application.territory.add(f"Xóm {n}", "xóm", date(2020, 1, 1)).record
            draft = application.assessments.start(area.id).record
            application.assessments.answer_all(
                draft.id, good_answers(application.assessments.catalogue(draft.id))
            )
            application.assessments.finalise(draft.id, date(2026, 11, 17))
            found.append(
                application.recognitions.recognise(
                    draft.id, "412/QĐ-UBND", DECIDED, signer="Đinh Công Thắng"
                ).record.id
            )
        return found

    return decisions


def test_two_processes_on_one_file_never_take_the_same_number(
    folder: Path, clock: Callable[[], datetime], decided: Callable[..., list[str]]
) -> None:
    application = open_workspace(folder, PASSPHRASE, clock)
    decisions = decided(application, 2 * EACH)
    application.close()
    paths = WorkspacePaths(folder)
    key = KeyFile(paths.key_file, clock).unlock(PASSPHRASE).hex()

    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(paths.database), key, *share],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for share in (decisions[:EACH], decisions[EACH:])
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [racer.communicate(timeout=60)[0].split() for racer in racers]

    assert [racer.returncode for racer in racers] == [0, 0]
    assert [len(numbers) for numbers in said] == [EACH, EACH]
    assert sorted(int(number) for numbers in said for number in numbers) == list(range(1, 2 * EACH + 1))
    application = open_workspace(folder, PASSPHRASE, clock)
    assert [row.number for row in application.recognitions.register()] == list(range(1, 2 * EACH + 1))
    assert application.journal.check().holds
    application.close()


def test_of_two_laptops_that_took_one_number_one_is_set_aside(
    folder: Path, tmp_path: Path, clock: Callable[[], datetime], decided: Callable[..., list[str]]
) -> None:
    first = open_workspace(folder, PASSPHRASE, clock)
    decisions = decided(first, 2)
    first.close()
    twin = Path(shutil.copytree(folder, tmp_path / "twin"))
    upper = create_workspace(
        tmp_path / "upper",
        new_receiving_unit("Công an tỉnh", officer="", year=2026, passphrase=PASSPHRASE),
        clock,
        Cost(passes=1, memory=8 * 1024 * 1024),
    ).application

    taken = []
    for place, (laptop, device) in enumerate(((folder, "may-1"), (twin, "may-2"))):
        application = open_workspace(laptop, PASSPHRASE, clock)
        store = application.recognitions._store
        with store.writing("An") as work:
            work.keep_local("device_id", device)
            work.commit()
        store.identify()
        issued = application.recognitions.issue(decisions[place], TODAY).record
        with store.reading() as work:
            sent = work.connection.execute(
                sa.select(outbox.c.line, outbox.c.event_hash).order_by(outbox.c.seq)
            )
            lines = [Arrival(decode(row.line), row.line, row.event_hash) for row in sent]
        application.close()
        # The second laptop has the history of the first one; only its own certificate is news.
        news = lines if place == 0 else lines[-1:]
        with upper.recognitions._store.writing("An") as work:
            applier = Applier(work, "04978", device)
            applier.take(news)
            taken.append((issued, applier.set_aside))
            work.commit()

    (one, nothing), (other, aside) = taken
    assert (one.number, other.number, one.id != other.id) == (1, 1, True)
    assert nothing == []
    stands, waits = sorted((one, other), key=lambda each: each.id)
    assert [(each.entity, each.entity_id, each.code) for each in aside] == [
        ("certificates", waits.id, "clash")
    ]
    with upper.recognitions._store.reading() as work:
        assert work.find(Certificate, stands.id, "04978") == stands
        kept = work.connection.execute(sa.select(certificates.c.id)).scalars()
        assert list(kept) == [stands.id]
    upper.close()

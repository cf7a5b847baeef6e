"""A writer that is killed at any moment loses no row that it confirmed and leaves an intact file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

RUNS = 50

# The nursery imports everything once; each of its children opens the workspace, writes, confirms a row only after its
# commit, and is killed by SIGKILL after a moment that a seeded generator chooses.
NURSERY = """
import json, os, random, signal, sys, time
from datetime import UTC, date, datetime
from pathlib import Path
from antq_desktop.domain.commitments import Campaign, Commitment, CommitmentState
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.storage.engine import open_engine
from antq_desktop.storage.migrate import migrate
from antq_desktop.storage.unit_of_work import Store

path, runs, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
key, chance = bytes(32), random.Random(seed)

def open_store():
    return Store(open_engine(path, key), lambda: datetime.now(UTC))

engine = open_engine(path, key)
migrate(engine)
store = Store(engine, lambda: datetime.now(UTC))
with store.writing("An") as work:
    work.keep_local("unit_code", "04978")
    work.keep_local("device_id", "d1")
    work.commit()
store.identify()
with store.writing("An") as work:
    work.save(ResidentialArea(id="a", unit_code="04978", name="A", kind="", valid_from=date(2020, 1, 1)))
    work.save(Campaign(id="y", unit_code="04978", year=2026, kind="yearly", name="y"))
    work.commit()
store.close()

def write_for_ever(out, run):
    store = open_store()
    n = 0
    while True:
        n += 1
        home = f"h{run}-{n}"
        with store.writing("An") as work:
            work.save(Household(id=home, unit_code="04978", area_id="a", head=f"Ho {n}", members=n % 7))
            work.save(Commitment(id="c" + home, unit_code="04978", household_id=home, campaign_id="y", year=2026,
                state=CommitmentState.SIGNED, signed_on=date(2026, 3, 1), signed_by="x"))
            work.commit()
        os.write(out, (home + "\\n").encode())

confirmed, struck = [], 0
for run in range(runs):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            write_for_ever(write, run)
        finally:
            os._exit(70)
    os.close(write)
    begun = os.read(read, 1) if run % 2 else b""  # every other one is struck when it has confirmed something
    time.sleep(chance.uniform(0.01, 0.25))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    struck += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    with os.fdopen(read, "rb") as pipe:
        lines = (begun + pipe.read()).split(b"\\n")
    confirmed += [line.decode() for line in lines[:-1]]
print(json.dumps({"confirmed": confirmed, "struck": int(struck)}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are not there on Windows")
def test_fifty_kills_lose_nothing_that_was_confirmed(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from antq_desktop.domain.commitments import Commitment
    from antq_desktop.domain.households import Household
    from antq_desktop.storage import journal, outbox
    from antq_desktop.storage.engine import open_engine, quick_check
    from antq_desktop.storage.unit_of_work import Store

    database = tmp_path / "antq.db"
    done = subprocess.run(
        [sys.executable, "-c", NURSERY, str(database), str(RUNS), "20260314"],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["struck"] == RUNS
    assert len(told["confirmed"]) >= RUNS // 2

    engine = open_engine(database, bytes(32))
    quick_check(engine)
    store = Store(engine, lambda: datetime.now(UTC))
    with store.reading() as work:
        homes = {home.id for home in work.all(Household)}
        papers = {paper.household_id for paper in work.all(Commitment)}
        assert set(told["confirmed"]) <= homes
        # One action is two records: never one of them alone, confirmed or not.
        assert homes == papers
        assert outbox.first_broken(work.connection) is None
        assert journal.first_broken(work.connection) is None
        assert outbox.head(work.connection, 1).seq == 2 + 2 * len(homes)
    store.close()

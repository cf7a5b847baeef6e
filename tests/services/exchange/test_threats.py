"""Threats from the list of the format that no other test is named after."""

import json
import shutil
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from antq_desktop.domain.households import Household
from antq_desktop.exchange import container, envelope
from antq_desktop.exchange.manifest import PAYLOAD_TYPE
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.storage import outbox, tables
from antq_desktop.storage.key_file import KeyFile
from antq_desktop.storage.records import to_body

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

PASSPHRASE = "cây đa bến nước 04978"
#: Says that it is ready, waits to be told, takes the files, and says what became of each.
#: It waits for the other one longer than the program would: on a busy machine that may hold the file for seconds.
RECEIVER = """
import sys
from pathlib import Path
from antq_desktop.storage import engine
from antq_desktop.bootstrap import _build
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.storage.unit_of_work import Store
from datetime import UTC, datetime
engine._WAIT_SECONDS = 60.0
folder = Path(sys.argv[1])
store = Store(engine.open_engine(folder / "antq.db", bytes.fromhex(sys.argv[2])), lambda: datetime.now(UTC))
class Lock:
    def release(self): pass
application = _build(store, WorkspacePaths(folder), store.clock, Lock())
print("ready", flush=True)
sys.stdin.readline()
for verdict in application.receiving.receive([Path(name) for name in sys.argv[3:]]):
    print(verdict.verdict, verdict.code, verdict.new_events, flush=True)
store.close()
"""


def test_replay_from_two_processes_at_once(parties: "Parties") -> None:
    """Two programs on one workspace, which the lock of the folder forbids, would still take each bundle once."""
    parties.work(40)
    sent = parties.send()
    folder = parties.folder / "receiving"
    key = KeyFile(WorkspacePaths(folder).key_file, parties.clock).unlock(PASSPHRASE)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", RECEIVER, str(folder), key.hex(), str(sent.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    said = []
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        out, _ = program.communicate(timeout=60)
        said.append(out.split())
        assert program.returncode == 0
    assert sorted(each[0] for each in said) == ["known", "taken"]
    assert sum(int(each[2]) for each in said) == sent.count
    parties.assert_equal()
    with parties.store(parties.receiving).reading() as work:
        events = sa.select(sa.func.count()).select_from(tables.received_events)
        assert work.connection.execute(events).scalar_one() == sent.count
        bundles = sa.select(sa.func.count()).select_from(tables.received_bundles)
        assert work.connection.execute(bundles).scalar_one() == 1


def test_signature_of_nobody_is_refused(parties: "Parties", tmp_path: Path) -> None:
    parties.work(1)
    content = parties.send().path.read_bytes()
    size = int.from_bytes(content[8:12])
    label = json.loads(content[12 : 12 + size])
    label["signatures"][0]["sig"] = b64encode(bytes(range(32)) + bytes(32)).decode()
    forged = json.dumps(label, separators=(",", ":")).encode()
    path = tmp_path / "forged.antq"
    path.write_bytes(content[:8] + len(forged).to_bytes(4) + forged + content[12 + size :])
    (verdict,) = parties.receive(path)
    assert (verdict.verdict, verdict.code) == ("refused", "wrong-signature")
    assert parties.journal(parties.receiving)[0] == "file_refused wrong-signature forged.antq"


def test_guess_and_check_on_a_lost_stick(parties: "Parties") -> None:
    """The label holds no hash of what is inside, and two files of the same content have nothing in common to compare."""
    (home,) = parties.work(1)
    sent = parties.send()
    label = json.loads(envelope.decode(container.read(sent.path).envelope, PAYLOAD_TYPE).payload)
    text = json.dumps(label, ensure_ascii=False)
    assert home.head not in text
    assert home.id not in text
    store = parties.store(parties.commune)
    with store.reading() as work:
        lines = list(outbox.lines(work.connection, 1, 1, 99))
    salts = [json.loads(line)["salt"] for line in lines]
    assert len(set(salts)) == len(salts)
    assert all(len(salt) == 24 for salt in salts)
    # The same change written once more is another event with another hash, so a guess cannot be told from a miss.
    with store.writing("An") as work:
        event = outbox.Change("households", home.id, {"x": 1}, {}, "put", to_body(home))
        outbox.append(work.connection, 1, work.at_text, "An", [event, event])
        hashes = work.connection.execute(sa.select(tables.outbox.c.event_hash)).scalars().all()
        assert len(set(hashes)) == len(hashes)


def test_hostile_names_of_files_lead_nowhere(parties: "Parties", tmp_path: Path) -> None:
    parties.work(1)
    sent = parties.send().path
    for name in ("..%2f..%2fantq.db", "a\nb.antq", "\u202egpj.antq", "-rf.antq", "con.antq"):
        copy = Path(shutil.copy(sent, tmp_path / name))
        (verdict,) = parties.receive(copy)
        assert verdict.verdict in ("taken", "known")
        assert verdict.file == name
    assert sorted(path.name for path in (parties.folder / "receiving" / "incoming").iterdir()) == []
    parties.assert_equal()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_bad_event_anywhere(parties: "Parties", place: int) -> None:
    homes = parties.work(3)
    store = parties.store(parties.commune)
    with store.writing("An") as work:
        changes = [
            outbox.Change(
                "households",
                home.id,
                {store.device_id: 2},
                home.version,
                "put",
                to_body(replace(home, head="Đã Sửa")) | ({"members": []} if n == place else {}),
            )
            for n, home in enumerate(homes)
        ]
        outbox.append(work.connection, 1, work.at_text, "An", changes)
        work.commit()
    (verdict,) = parties.receive(parties.send().path)
    assert [(each.entity_id, each.code) for each in verdict.set_aside] == [(homes[place].id, "wrong-shape")]
    with parties.store(parties.receiving).reading() as work:
        heads = [work.get(Household, home.id, "04978").head for home in homes]
    assert heads == [home.head if n == place else "Đã Sửa" for n, home in enumerate(homes)]


def test_totals_are_equal_after_any_import_again(parties: "Parties") -> None:
    files = []
    for _ in range(3):
        parties.work(2)
        files.append(parties.send().path)
    parties.receive(*files)
    before = parties.receiving.consolidating.report("2026").total
    rows = parties.rows(parties.receiving)
    for order in (files, files[::-1], [files[1]] * 3):
        assert {each.code for each in parties.receive(*order)} == {"all-known"}
    assert parties.receiving.consolidating.report("2026").total == before
    assert parties.rows(parties.receiving) == rows

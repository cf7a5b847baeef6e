"""The promise: whatever sticks arrive, in whatever order, the receiver stands where each log once stood or says why not.

Two communes, one of them with two laptops, do what communes do: they write, delete, seal, lose sticks and
acknowledgements, bring them twice, in any order, to the receiving unit or to the other laptop, cut or altered; they go back
to a backup, and one works on as a copy. At the end everything is delivered.
``ANTQ_PROMISE_EXAMPLES`` and ``ANTQ_PROMISE_STEPS`` let it run for longer than a moment; with ``ANTQ_PROMISE_SHRINK`` a failure
is told in as few steps as can be found, which takes minutes.
"""

import json
import os
import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.domain.commitments import Commitment, CommitmentState
from antq_desktop.domain.events import Version, descends
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.counters import FOLDER_VARIABLE
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side.sending import NothingToSend
from antq_desktop.services.first_start import NewWorkspace, new_receiving_unit
from antq_desktop.services.recovery.trouble import Restored, SendingHalted
from antq_desktop.storage import outbox
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.key_file import Cost
from antq_desktop.storage.records import KINDS
from antq_desktop.storage.unit_of_work import Reading, Store

PASSPHRASE = "cây đa bến nước 04978"
CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)
#: Name of a laptop → its unit; the first two belong together.
LAPTOPS = {"one": "04978", "two": "04978", "three": "05014"}
EXAMPLES = int(os.environ.get("ANTQ_PROMISE_EXAMPLES", "5"))
STEPS = int(os.environ.get("ANTQ_PROMISE_STEPS", "20"))
PHASES = tuple(Phase) if "ANTQ_PROMISE_SHRINK" in os.environ else (Phase.reuse, Phase.generate)
#: Why a laptop of a commune takes a file not in.
NOT_FOR_A_LAPTOP = ("fork", "own-bundle", "not-our-bundle", "not-sealed-to-us")
#: The end of a chain: laptop, epoch, number, hash.
End = tuple[str, int, int, bytes]
#: (kind, id) → version, of every record of a unit.
Table = dict[tuple[str, str], Version]


def now() -> datetime:
    return datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def area_of(unit_code: str, key: str) -> ResidentialArea:
    return ResidentialArea(
        id=key, unit_code=unit_code, name="Xóm Bãi", kind="xóm", valid_from=date(2020, 1, 1)
    )


def store_of(application: Application) -> Store:
    return application.sending._store


def table_of(work: Reading, unit_code: str) -> Table:
    found: Table = {}
    for kind in KINDS:
        query = sa.select(kind.table.c.id, kind.table.c.version).where(kind.table.c.unit_code == unit_code)
        found.update({(kind.entity, key): version for key, version in work.connection.execute(query)})
    return found


@dataclass
class Laptop:
    """An open workspace of a commune with what was copied of it."""

    unit_code: str
    folder: Path
    application: Application
    backups: list[Path] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return store_of(self.application)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all workspaces, enrolled and closed."""
    folder = tmp_path_factory.mktemp("promise")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(folder / "profile"))
        new = new_receiving_unit("Phòng PV05", officer="Lê Thị Bình", year=2026, passphrase=PASSPHRASE)
        upper = create_workspace(folder / "upper", new, now, CHEAP).application
        upper.receiving.initialise("Phòng PV05")
        for name, code in LAPTOPS.items():
            given: dict[str, object] = {
                "commune": {"code": code, "name": f"Xã {code}", "province": "Phú Thọ"},
                "officer": {"name": "Bùi Văn An", "rank": ""},
                "working_year": 2026,
            }
            commune = NewWorkspace("commune", code, "Bùi Văn An", PASSPHRASE, given)
            application = create_workspace(folder / name, commune, now, CHEAP).application
            request = application.sending.enrolment_request(folder)
            enrolled = upper.receiving.enrol(request.path, request.check_number)
            application.sending.take(enrolled.path)
            application.close()
        # The first one was enrolled before there was a second one.
        answer = upper.receiving.acknowledge(LAPTOPS["one"], folder)
        first = open_workspace(folder / "one", PASSPHRASE, now)
        first.sending.take(answer)
        first.close()
        upper.close()
    return folder


class Promise(RuleBasedStateMachine):
    """The world. ``pool``: every sealed file that is still somewhere; ``stood``: every state that a log ever ended at."""

    made: Path

    @initialize()
    def begin(self) -> None:
        self._folder = TemporaryDirectory()
        self.folder = Path(self._folder.name)
        shutil.copytree(self.made, self.folder, dirs_exist_ok=True)
        os.environ[FOLDER_VARIABLE] = str(self.folder / "profile")
        (self.folder / "stick").mkdir()
        self.stick = self.folder / "stick"
        self.upper = open_workspace(self.folder / "upper", PASSPHRASE, now)
        self.laptops = {
            name: Laptop(code, self.folder / name, open_workspace(self.folder / name, PASSPHRASE, now))
            for name, code in LAPTOPS.items()
        }
        self.pool: list[Path] = []
        self.acks: list[tuple[str, Path]] = []
        self.stood: dict[End, Table] = {}
        self.seen: dict[str, object] = {}
        self.count = 0

    # What communes do

    @rule(
        name=st.sampled_from(sorted(LAPTOPS)),
        what=st.sampled_from(["new", "new", "rename", "delete", "sign", "shared"]),
        n=st.integers(0, 3),
    )
    def write(self, name: str, what: str, n: int) -> None:
        laptop = self.laptops[name]
        self.count += 1
        with laptop.store.writing("An") as work:
            homes = [home for home in work.all(Household) if home.id != "shared"]
            area = work.find(ResidentialArea, "a1")
            if area is None:
                area = work.save(area_of(laptop.unit_code, "a1"))
            fresh = Household(
                id=f"{name}-{self.count}",
                unit_code=laptop.unit_code,
                area_id=area.id,
                head=f"Bùi Thị Hoa {n}",
                members=4,
            )
            if what == "shared":
                shared = work.find(Household, "shared") or replace(fresh, id="shared")
                work.save(replace(shared, head=f"Chung {n % 2}"))
            elif what == "new" or not homes:
                work.save(fresh)
            elif what == "rename":
                work.save(replace(homes[n % len(homes)], head=f"Đổi {self.count}"))
            elif what == "delete":
                self._delete(work, homes[n % len(homes)])
            work.commit()
        if what == "sign" and homes:
            yearly = laptop.application.commitments.yearly()
            signed = laptop.application.commitments.record
            signed(homes[n % len(homes)].id, yearly.id, CommitmentState.SIGNED, date(2026, 3, 1))

    @staticmethod
    def _delete(work: Any, home: Household) -> None:
        for commitment in work.all(Commitment, household_id=home.id):
            work.delete(commitment, "nhập nhầm")
        work.delete(home, "nhập nhầm")

    @rule(name=st.sampled_from(sorted(LAPTOPS)))
    def send(self, name: str) -> None:
        self._send(self.laptops[name])

    @rule(name=st.sampled_from(sorted(LAPTOPS)))
    def back_up(self, name: str) -> None:
        laptop = self.laptops[name]
        self._note(laptop.store)
        copy = self.folder / f"backup-{len(list(self.folder.glob('backup-*')))}.db"
        laptop.application.close()
        shutil.copy(laptop.folder / "antq.db", copy)
        laptop.backups.append(copy)
        laptop.application = open_workspace(laptop.folder, PASSPHRASE, now)

    @precondition(lambda self: any(laptop.backups for laptop in self.laptops.values()))
    @rule(n=st.integers(0, 9))
    def restore(self, n: int) -> None:
        able = [laptop for laptop in self.laptops.values() if laptop.backups]
        laptop = able[n % len(able)]
        laptop.application.close()
        for path in laptop.folder.glob("antq.db*"):
            path.unlink()
        shutil.copy(laptop.backups[n % len(laptop.backups)], laptop.folder / "antq.db")
        laptop.application = open_workspace(laptop.folder, PASSPHRASE, now)
        if laptop.application.mending.state() is not None:
            with pytest.raises(Restored):
                laptop.application.sending.send(self.stick)
            laptop.application.mending.mend("restored", "máy hỏng")

    @rule(name=st.sampled_from(sorted(LAPTOPS)))
    def work_on_as_a_copy(self, name: str) -> None:
        """Somebody copies the folder to another machine, writes there and sends once."""
        laptop = self.laptops[name]
        laptop.application.close()
        self.count += 1
        copy = self.folder / f"copy-{self.count}"
        shutil.copytree(laptop.folder, copy, ignore=shutil.ignore_patterns("*.lock"))
        laptop.application = open_workspace(laptop.folder, PASSPHRASE, now)
        before, os.environ[FOLDER_VARIABLE] = os.environ[FOLDER_VARIABLE], str(copy / "profile")
        clone = Laptop(laptop.unit_code, copy, open_workspace(copy, PASSPHRASE, now))
        with clone.store.writing("An") as work:
            area = area_of(laptop.unit_code, f"copy-{self.count}")
            if work.find(ResidentialArea, area.id) is None:
                work.save(area)
            work.commit()
        self._send(clone)
        clone.application.close()
        os.environ[FOLDER_VARIABLE] = before

    # What sticks do

    @precondition(lambda self: self.pool)
    @rule(order=st.lists(st.integers(0, 30), min_size=1, max_size=5))
    def deliver(self, order: list[int]) -> None:
        """Bring sealed files in any order, some perhaps twice."""
        for verdict in self._receive([self.pool[n % len(self.pool)] for n in order]):
            assert verdict.verdict in ("taken", "known", "held", "refused")
            assert verdict.verdict != "refused" or verdict.code == "fork"

    @precondition(lambda self: self.pool)
    @rule(n=st.integers(0, 30), at=st.floats(0, 1, exclude_max=True), cut=st.booleans())
    def deliver_damaged(self, n: int, at: float, cut: bool) -> None:
        content = bytearray(self.pool[n % len(self.pool)].read_bytes())
        place = int(at * len(content))
        content[place] ^= 1 << (n % 8)
        bad = self.folder / "bad.antq"
        bad.write_bytes(content[:place] if cut else content)
        verdict = self._receive([bad])[0]
        # Nothing of it is taken. Where its label alone says that all is known or that it must wait, it is not opened yet.
        assert verdict.verdict != "taken"
        assert verdict.new_events == 0

    @precondition(lambda self: self.pool)
    @rule(n=st.integers(0, 30))
    def lose(self, n: int) -> None:
        self.pool.pop(n % len(self.pool))

    @rule(unit_code=st.sampled_from(sorted(set(LAPTOPS.values()))))
    def acknowledge(self, unit_code: str) -> None:
        path = self.upper.receiving.acknowledge(unit_code, self.stick)
        kept_as = self.folder / f"ack-{len(self.acks)}.antq"
        self.acks.append((unit_code, path.rename(kept_as)))

    @precondition(lambda self: self.acks)
    @rule(n=st.integers(0, 30))
    def bring_an_acknowledgement(self, n: int) -> None:
        unit_code, path = self.acks[n % len(self.acks)]
        for laptop in self.laptops.values():
            if laptop.unit_code == unit_code:
                laptop.application.sending.take(path)

    @precondition(lambda self: self.acks)
    @rule(n=st.integers(0, 30))
    def lose_an_acknowledgement(self, n: int) -> None:
        self.acks.pop(n % len(self.acks))

    @precondition(lambda self: self.pool)
    @rule(name=st.sampled_from(["one", "two"]), order=st.lists(st.integers(0, 30), min_size=1, max_size=5))
    def bring_to_the_other_laptop(self, name: str, order: list[int]) -> None:
        """Bring sealed files to a laptop of a commune: its own are known, those of another commune are none of its business."""
        files = [self.pool[n % len(self.pool)] for n in order]
        for verdict in self.laptops[name].application.laptops.take(files):
            assert verdict.verdict in ("taken", "known", "held", "refused")
            assert verdict.verdict != "refused" or verdict.code in NOT_FOR_A_LAPTOP, verdict.code

    # What must hold

    @invariant()
    def the_receiver_stands_where_each_log_stood_or_says_why_not(self) -> None:
        for unit_code in sorted(set(LAPTOPS.values())):
            with store_of(self.upper).reading() as work:
                ends = [
                    (e.device_id, e.epoch, e.last_seq, e.head_hash) for e in kept.chain_ends(work, unit_code)
                ]
                if self.seen.get(unit_code) == ends:
                    continue
                self.seen[unit_code] = ends
                here = table_of(work, unit_code)
                aside = {(row.entity, row.entity_id) for row in kept.aside(work, unit_code)}
            # What a laptop holds of the other one, or in its stead, depends on what of it has come there.
            shared = {
                key
                for end in ends
                for key, version in self.stood[end].items()
                if any(writer.split(".")[0] != end[0] for writer in loads(version))
            }
            if shared:
                shared |= {key for key in here if not any(key in self.stood[end] for end in ends)}
            assert_explained(here, [self.stood[end] for end in ends], aside | shared)

    def _exchange(self) -> None:
        """Let both laptops of the commune take in the whole log of the other; they agree unless a copy of one wrote too."""
        first, second = self.laptops["one"], self.laptops["two"]
        for sender, other in ((first, second), (second, first), (first, second)):
            if sender.application.mending.state() is not None:
                return
            sent = sender.application.sending.send(self.stick, whole=True)
            verdicts = other.application.laptops.take([each.path for each in (*sent.earlier, sent)])
            if any(verdict.verdict in ("held", "refused") for verdict in verdicts):
                return
        if is_told_by_a_copy(first, second) or is_told_by_a_copy(second, first):
            return
        with first.store.reading() as one, second.store.reading() as two:
            waits = {(row.entity, row.entity_id) for work in (one, two) for row in kept.aside(work, "04978")}
            here, there = table_of(one, "04978"), table_of(two, "04978")
        differ = {key for key in {*here, *there} if here.get(key) != there.get(key)}
        assert differ <= waits

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        try:
            self._deliver_everything()
        finally:
            for application in (self.upper, *(laptop.application for laptop in self.laptops.values())):
                application.close()
            self._folder.cleanup()

    def _deliver_everything(self) -> None:
        self._receive(self.pool)  # what a copy sent may go on from where its original stands
        for laptop in self.laptops.values():
            for _ in range(6):
                if laptop.application.mending.state() is not None:
                    laptop.application.mending.mend("restored", "theo phiếu")
                self._send(laptop)
                self._receive(self.pool[-3:])
                ack = self.upper.receiving.acknowledge(laptop.unit_code, self.stick)
                taken = laptop.application.sending.take(ack)
                if taken.waiting == 0 and not taken.is_alarm:
                    break
            else:
                raise AssertionError(f"never delivered: {taken}")
            self.the_receiver_stands_where_each_log_stood_or_says_why_not()
        self._exchange()
        alone = self.laptops["three"]
        with store_of(self.upper).reading() as up, alone.store.reading() as down:
            assert table_of(up, alone.unit_code) == table_of(down, alone.unit_code)
            assert kept.aside(up, alone.unit_code) == []
        figures = self._figures()
        assert figures[alone.unit_code] == alone.application.period_figures.amounts("2026")
        self._receive(self.pool)
        assert self._figures() == figures

    def _figures(self) -> dict[str, object]:
        found = self.upper.consolidating.report("2026")
        return {"total": found.total, **{commune.unit_code: commune.amounts for commune in found.communes}}

    def _receive(self, files: list[Path]) -> list[Any]:
        return self.upper.receiving.receive(files)

    def _send(self, laptop: Laptop) -> None:
        self._note(laptop.store)
        try:
            sent = laptop.application.sending.send(self.stick)
        except (NothingToSend, Restored, SendingHalted):
            return
        for each in (*sent.earlier, sent):
            self.pool.append(
                each.path.rename(self.folder / f"{len(self.pool)}-{self.count}-{each.bundle_id}.antq")
            )

    def _note(self, store: Store) -> None:
        """Remember what the tables are at the end of the log."""
        with store.reading() as work:
            head = outbox.head(work.connection, store.epoch)
            epochs = [
                head.epoch,
                *work.connection.execute(sa.text("SELECT DISTINCT epoch FROM outbox")).scalars(),
            ]
            for epoch in epochs:
                end = outbox.head(work.connection, epoch)
                if end.seq == head.seq:
                    self.stood[store.device_id, epoch, end.seq, end.hash] = table_of(work, store.unit_code)


def is_told_by_a_copy(here: Laptop, other: Laptop) -> bool:
    """Return whether ``here`` holds more of the log of ``other`` than that has written: its copy, which nobody met, sent it."""
    with here.store.reading() as work, other.store.reading() as its_own:
        ends = [
            end for end in kept.chain_ends(work, here.unit_code) if end.device_id == other.store.device_id
        ]
        return any(end.last_seq > outbox.head(its_own.connection, end.epoch).seq for end in ends)


def assert_explained(here: Table, ends: list[Table], aside: set[tuple[str, str]]) -> None:
    """Check that each record is what its laptops say at the ends of their logs, or that its unit was told why not."""
    for key in {*here, *(key for end in ends for key in end)} - aside:
        told = [end[key] for end in ends if key in end]
        if len(told) == 1 and len(ends) == 1:
            assert here.get(key) == told[0], key
        elif told:
            assert key in here or len(told) < len(ends), key
            assert key not in here or all(descends(loads(here[key]), loads(each)) for each in told), key
        else:
            raise AssertionError(f"{key} stands here and at no laptop")


def loads(version: Any) -> dict[str, int]:
    return dict(json.loads(version))


@pytest.fixture
def machine(made: Path, monkeypatch: pytest.MonkeyPatch) -> type[Promise]:
    monkeypatch.setenv(FOLDER_VARIABLE, str(made / "profile"))

    class Made(Promise):
        pass

    Made.made = made
    return Made


def test_whatever_sticks_arrive(machine: type[Promise]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            phases=PHASES,
            deadline=None,
            print_blob=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )

"""One bundle of each of the 3,321 communes of the national list, taken into one PostgreSQL database, one stick after the other.

Run: ``python -m benchmarks.country [--households N] [--communes N]``. A server of its own is started as in the tests, but one that waits
for the disk. Prints events a second, how the time a commune takes grows, memory and disk; docs/country.md reckons with them.
"""

import argparse
import os
import resource
import tempfile
import time
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_bytes
from statistics import mean, median

import sqlalchemy as sa

from antq_desktop.bootstrap import create_workspace
from antq_desktop.domain.commitments import Campaign, CommitmentState
from antq_desktop.domain.events import GENESIS, Event, encode, head_of
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.exchange import keys, names, seal
from antq_desktop.exchange.keys import DeviceKeys
from antq_desktop.exchange.manifest import SCHEMA_VERSION, BundleDraft, BundleManifest, Recipient, Sender
from antq_desktop.intake.national_list import communes
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.services.commitments import new_commitment
from antq_desktop.services.first_start import new_receiving_unit
from antq_desktop.services.receiving_side import receiving_keys
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.records import Record, kind_of, to_body
from antq_desktop.storage.tables import received_events
from antq_desktop.storage.unit_of_work import Store
from benchmarks.bundle_workspaces import CHEAP, GIVEN, PASSPHRASE
from tests.postgres_server import Server, running_server

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
HOUSEHOLDS_OF_AREA = 200
DEVICE = "laptop-1"
MB = 1024 * 1024


@dataclass(frozen=True)
class Taken:
    """What one commune's bundle took: seconds by the clock, seconds of processors, its events and its size in bytes."""

    seconds: float
    work: float
    events: int
    size: int


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--households", type=int, default=20, help="of each commune")
    asked.add_argument("--communes", type=int, default=10_000, help="at most so many")
    options = asked.parse_args()
    load = os.getloadavg()[0]
    with (
        running_server(durable=True, settings=("shared_buffers=256MB",)) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        address = server.make_database()
        new = new_receiving_unit("Cả nước", officer="Bình", year=2026, passphrase=PASSPHRASE)
        upper = create_workspace(Path(folder) / "upper", new, lambda: NOW, CHEAP, address).application
        upper.receiving.initialise("Cả nước")
        codes = [commune.code for commune in communes()][: options.communes]
        laptops = _enrol(upper, codes)
        start, server_start = _peak(), _memory_of(server)
        taken = [
            _take(upper, server, code, laptops[code], households=options.households, folder=Path(folder))
            for code in codes
        ]
        _tell(taken, upper, (start, server_start, _memory_of(server)))
        upper.close()
    print(f"load at the beginning {load:.1f}, at the end {os.getloadavg()[0]:.1f}")


def _tell(taken: list[Taken], upper: Application, memory: tuple[float, float, float]) -> None:
    tenth = max(1, len(taken) // 10)
    seconds = [each.seconds for each in taken]
    first, last = seconds[:tenth], seconds[-tenth:]
    worked = [sum(each.work for each in part) / tenth * 1000 for part in (taken[:tenth], taken[-tenth:])]
    events, took = sum(each.events for each in taken), sum(seconds)
    with _store(upper).reading() as work:
        on_disk = work.connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
        there = work.connection.execute(sa.select(sa.func.count()).select_from(received_events)).scalar_one()
        tables = work.connection.exec_driver_sql(
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = "
            "current_schema()::regnamespace ORDER BY 2 DESC LIMIT 5"
        ).all()
    print(
        f"{len(taken):,} communes, {events:,} events in {took:.0f} s of receiving: {events / took:,.0f} events/s; on record {there:,}"
    )
    print(
        f"a commune: {mean(seconds) * 1000:.1f} ms, median {median(seconds) * 1000:.1f} ms, longest {max(seconds) * 1000:.0f} ms"
    )
    print(
        f"growth, last tenth against first: mean {mean(last) / mean(first):.2f}x, median {median(last) / median(first):.2f}x "
        f"({median(first) * 1000:.1f} to {median(last) * 1000:.1f} ms); "
        f"work of all processors {worked[1] / worked[0]:.2f}x ({worked[0]:.1f} to {worked[1]:.1f} ms)"
    )
    print(
        f"memory of the program +{_peak() - memory[0]:.0f} MB; of the server {memory[1]:.0f} to {memory[2]:.0f} MB"
    )
    print(
        f"database {on_disk / MB:.0f} MB, {on_disk / events:.0f} bytes an event; bundles {sum(each.size for each in taken) / MB:.1f} MB"
    )
    print("largest tables: " + ", ".join(f"{name} {size / MB:.0f} MB" for name, size in tables))


def _enrol(upper: Application, codes: list[str]) -> dict[str, DeviceKeys]:
    """Enrol a laptop of each commune in one transaction; who enrols whom is not measured here."""
    laptops = {code: keys.generate() for code in codes}
    with _store(upper).writing("Bình") as work:
        for version, (code, own) in enumerate(laptops.items(), 1):
            kept.enrol(
                work,
                kept.DeviceRow(
                    unit_code=code,
                    device_id=DEVICE,
                    key_id=own.key_id,
                    unit_name=code,
                    sign_key=keys.to_text(own.sign_public),
                    seal_key=own.seal_public,
                    status="active",
                    revoked_from=None,
                    trust_version=version,
                    enrolled_at=NOW.isoformat(),
                    request={},
                ),
            )
        work.commit()
    return laptops


def _take(
    upper: Application, server: Server, code: str, own: DeviceKeys, *, households: int, folder: Path
) -> Taken:
    lines = _lines(code, households)
    made = _sealed(upper, code, own, lines, folder)
    ticks = _ticks_of(server)
    worked, began = time.process_time(), time.perf_counter()
    (verdict,) = upper.receiving.receive([made.path])
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    work += (_ticks_of(server) - ticks) / os.sysconf("SC_CLK_TCK")
    if verdict.code != "all-new" or verdict.set_aside:
        raise SystemExit(f"{code}: {verdict.sentence}")
    size = made.size
    made.path.unlink()
    return Taken(seconds, work, len(lines), size)


def _lines(code: str, households: int) -> list[tuple[str, bytes]]:
    """Return the log of a commune: its areas, its households and a signed commitment of each."""
    areas = [
        ResidentialArea(
            id=f"a{n}", unit_code=code, name=f"Xóm {n + 1}", kind="xóm", valid_from=date(2025, 7, 1)
        )
        for n in range(-(-households // HOUSEHOLDS_OF_AREA))
    ]
    homes = [
        Household(
            id=b64encode(token_bytes(12)).decode(),
            unit_code=code,
            area_id=f"a{n // HOUSEHOLDS_OF_AREA}",
            head=f"Nguyễn Thị {token_bytes(2).hex()} {GIVEN[n % 10]}",
            birth=str(1940 + n % 60),
            citizen_id=f"{int.from_bytes(token_bytes(5), 'big') % 10**12:012}",
            members=n % 7 + 1,
            address=f"Tổ {n % 40}",
        )
        for n in range(households)
    ]
    campaign = Campaign(id="c", unit_code=code, year=2026, kind="yearly", name="Cam kết năm 2026")
    papers = [
        replace(
            new_commitment(code, home.id, campaign),
            state=CommitmentState.SIGNED,
            signed_on=date(2026, 3, 1),
            signed_by=home.head,
        )
        for home in homes
    ]
    lines = []
    records: list[Record] = [*areas, *homes, campaign, *papers]
    for seq, record in enumerate(records, 1):
        entity = kind_of(type(record)).entity
        salt = b64encode(token_bytes(16)).decode()
        event = Event(
            1, seq, entity, record.id, {DEVICE: 1}, {}, "put", NOW.isoformat(), "An", salt, to_body(record)
        )
        lines.append((entity, encode(event)))
    return lines


def _sealed(
    upper: Application, code: str, own: DeviceKeys, lines: list[tuple[str, bytes]], folder: Path
) -> seal.SealedFile[BundleManifest]:
    with _store(upper).reading() as work:
        to = receiving_keys.kept(work)
    recipients = (to.own.seal_public, to.recovery, own.seal_public)
    unit = _store(upper).unit_code
    draft = BundleDraft(
        bundle_id=names.new_id(NOW),
        sender=Sender(code, DEVICE, own.key_id),
        recipient=Recipient(unit, tuple(map(keys.key_id, recipients))),
        epoch=1,
        parent=None,
        seq_from=1,
        seq_to=len(lines),
        prev_event_hash=GENESIS,
        head_event_hash=head_of(GENESIS, (line for _entity, line in lines)),
        prev_bundle_sha256=None,
        reason="changes",
        schema_version=SCHEMA_VERSION,
        catalogue_versions={},
        created_at=NOW,
        last_ack_seen=None,
        trust_version=1,
    )
    return seal.seal_bundle(
        draft,
        lines,
        [],
        seed=own.sign_seed,
        recipients=recipients,
        target=folder / f"{code}.antq",
        progress=Progress(),
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _processes(server: Server) -> dict[int, list[str]]:
    """Return what the system tells of the server's processes, its fields from the state on."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # gone meanwhile
            fields = stat.read_text().rpartition(")")[2].split()
            if server.process.pid in (int(stat.parent.name), int(fields[1])):
                found[int(stat.parent.name)] = fields
    return found


def _ticks_of(server: Server) -> int:
    """Return how long the processors have worked for the server; other programs disturb that less than the clock."""
    return sum(int(fields[11]) + int(fields[12]) for fields in _processes(server).values())


def _memory_of(server: Server) -> float:
    """Return the megabytes that the server's processes hold, what they share counted once."""
    total = 0
    for pid in _processes(server):
        with suppress(OSError):
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def _store(application: Application) -> Store:
    return application.sending._store


if __name__ == "__main__":
    main()

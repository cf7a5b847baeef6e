"""Workspaces for the benchmarks of bundles: a commune with its receiving unit, filled faster than people could."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from secrets import token_bytes, token_hex

import sqlalchemy as sa

from antq_desktop.bootstrap import create_workspace
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.first_start import new_commune, new_receiving_unit
from antq_desktop.storage import attachments, outbox
from antq_desktop.storage.key_file import Cost
from antq_desktop.storage.records import kind_of, to_body, to_row
from antq_desktop.storage.unit_of_work import Store

PASSPHRASE = "đo tốc độ gói 2026"  # noqa: S105 - of workspaces that are thrown away
CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)
GIVEN = ("Ánh", "Bình", "Cường", "Dũng", "Đạt", "Hường", "Kiên", "Phượng", "Thuý", "Ưng")
_AT_ONCE = 20_000


@contextmanager
def enrolled_pair(folder: Path, code: str = "04978") -> Iterator[tuple[Application, Application]]:
    """Make ``commune`` and ``upper`` in ``folder``, one enrolled at the other, with a folder for a stick beside them."""
    folder.mkdir(exist_ok=True)
    stick = folder / "stick"
    stick.mkdir()
    above = new_receiving_unit("Phòng PV05", officer="Bình", year=2026, passphrase=PASSPHRASE)
    upper = create_workspace(folder / "upper", above, cost=CHEAP).application
    upper.receiving.initialise("Phòng PV05")
    below = new_commune(code, receiving_unit="", officer="An", rank="", year=2026, passphrase=PASSPHRASE)
    commune = create_workspace(folder / "commune", below, cost=CHEAP).application
    request = commune.sending.enrolment_request(stick)
    answer = upper.receiving.enrol(request.path, request.check_number)
    commune.sending.take(answer.path)
    request.path.unlink()
    answer.path.unlink()
    yield commune, upper
    commune.close()
    upper.close()


def fill(store: Store, events: int, changed: int) -> None:
    """Write so many events of households, each household told of ``changed`` times, past journal and search."""
    area = ResidentialArea(
        id="a1", unit_code=store.unit_code, name="Xóm Bãi", kind="xóm", valid_from=date(2020, 1, 1)
    )
    kind = kind_of(Household)
    homes = max(1, events // changed)
    with store.writing("An") as work:
        if work.find(ResidentialArea, "a1") is None:
            work.save(area)
            events -= outbox.head(work.connection, 1).seq
        for first in range(0, events, _AT_ONCE):
            told, rows = [], []
            for n in range(first, min(first + _AT_ONCE, events)):
                turn, number = divmod(n, homes)
                home = _household(store, number, turn)
                before = {store.device_id: turn} if turn else {}
                told.append(outbox.Change(kind.entity, home.id, home.version, before, "put", to_body(home)))
                if turn == changed - 1 or n + homes >= events:
                    rows.append(to_row(kind, home))
            outbox.append(work.connection, 1, work.at_text, "An", told)
            if rows:
                work.connection.execute(sa.insert(kind.table), rows)
        work.commit()


def _household(store: Store, n: int, turn: int) -> Household:
    return Household(
        id=f"{n:032x}",
        unit_code=store.unit_code,
        area_id="a1",
        head=f"Nguyễn Thị {token_hex(2)} {GIVEN[n % 10]}",
        birth=str(1940 + n % 60),
        citizen_id=f"{int.from_bytes(token_bytes(5), 'big') % 10**12:012}",
        members=turn % 9 + 1,
        address=f"Tổ {n % 40}",
        version={store.device_id: turn + 1},
    )


def keep_file(store: Store, content: bytes) -> None:
    """Keep a scanned paper."""
    with store.writing("An") as work:
        attachments.keep_content(work, content, "giay-cam-ket.jpg", "image/jpeg")
        work.commit()

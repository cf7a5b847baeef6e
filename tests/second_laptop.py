"""Gives a commune a second laptop that has changed the same households at once, for pictures and tests of the window."""

from dataclasses import replace
from pathlib import Path

from antq_desktop.bootstrap import create_workspace
from antq_desktop.domain.households import Household
from antq_desktop.services.application import Application
from antq_desktop.services.first_start import NewWorkspace
from antq_desktop.storage.key_file import Cost
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.window import Window

#: A household without papers, which can be deleted.
NEW = "Đinh Thị Sen"
CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)


def add(folder: Path, commune: Application, upper: Application, stick: Path, passphrase: str) -> Application:
    """Return a second laptop in ``folder``, open, that knows all of the first one, which is enrolled; each knows the other."""
    new = NewWorkspace(
        "commune", commune.session.unit_code, "Quách Thị Lan", passphrase, commune.settings.all()
    )
    second = create_workspace(folder, new, commune.session.now, CHEAP).application
    request = second.sending.enrolment_request(stick)
    enrolled = upper.receiving.enrol(request.path, request.check_number, stick)
    second.sending.take(enrolled.path)
    answer = upper.receiving.acknowledge(commune.session.unit_code, stick)
    for laptop in (commune, second):
        laptop.sending.take(answer)
    area = commune.territory.areas()[0]
    commune.households.save(
        Household(id="", unit_code="", area_id=area.id, head=NEW, birth="1975", members=2)
    )
    commune.sending_again.everything()
    sent = commune.sending.send(stick).path
    second.laptops.take([sent])
    upper.receiving.receive([sent])
    commune.sending.take(upper.receiving.acknowledge(commune.session.unit_code, stick))
    return second


def change_both(commune: Application, second: Application, stick: Path) -> list[Household]:
    """Change households differently on both, and bring the second one's bundle to the first."""
    rows = commune.households.page(HouseholdFilter(), Window(limit=9))
    rows = [row for row in rows if row.head != NEW][:2] + commune.households.find(NEW)
    homes = [commune.households.get(row.id) for row in rows]
    for n, home in enumerate(homes):
        commune.households.save(replace(home, members=5 + n, phone="0912345678"))
    for n, home in enumerate(homes[:2]):
        there = second.households.get(home.id)
        second.households.save(replace(there, members=8 + n, address="Nhà số 4, ngõ 12, cạnh nhà văn hoá"))
    store = second.sending._store
    with store.writing("Quách Thị Lan") as work:
        for home in homes[2:]:
            work.delete(work.get(Household, home.id), "Nhập trùng hộ")
        work.commit()
    commune.laptops.take([second.sending.send(stick).path])
    return homes

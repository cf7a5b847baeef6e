"""The whole main job once, for real: a commune from spreadsheets to the sealed stick, and the upper level that takes it in."""

import os
import shutil
import time
from argparse import Namespace
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from antq_desktop.bootstrap import create_workspace, system_clock
from antq_desktop.cli import demo_rest, demo_year
from antq_desktop.cli.arguments import Parsers
from antq_desktop.cli.console import Console
from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.errors import BadInput, Exit
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.runtime.resources import RESOURCES
from antq_desktop.services.application import Application
from antq_desktop.services.commitments import Entry
from antq_desktop.services.first_start import new_commune, new_receiving_unit

_COMMUNE, _YEAR = "04978", 2026
_RECEIVER = "Công an tỉnh Phú Thọ"
#: The samples are of 2026; on an earlier clock their dates would lie in the future.
_EARLIEST = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
_PASSPHRASE = "thu-nghiem-2026"  # noqa: S105 - the demo is there for everybody to open
_MODELS = (
    ("to-lien-gia-tu-quan", "Tổ liên gia tự quản số 1", "Quách Văn Lượng", date(2023, 5, 19), (3, 12, 96)),
    ("camera-an-ninh", "Camera an ninh", "Đinh Công Thắng", date(2024, 3, 1), (6, 0, 14)),
    ("tieng-keng-an-ninh", "Tiếng kẻng an ninh", "Bùi Thị Hường", date(2022, 8, 19), (2, 4, 31)),
)
_SIGNERS: dict[str, object] = {
    "recognition.signer": "Đinh Công Thắng",
    "signer": "Trung tá Hà Quang Vinh",
    "signer_post": "TRƯỞNG CÔNG AN XÃ",
}
_FOLDERS = ("commune", "papers", "receiving", "stick")
_ACTIVITIES = {
    "sinh-hoat": {"buoi": 1, "luot-nguoi": 38},
    "tuan-tra": {"ca": 6, "luot-nguoi": 24},
    "tuyen-truyen": {"buoi": 2, "luot-nguoi": 115, "tin-bai": 9, "to-roi": 120},
    "hoa-giai": {"vu": 3, "vu-thanh": 2},
}


class FolderInUse(BadInput):
    code = "folder-in-use"
    sentence = N_(
        "The folder «{folder}» is not empty. Choose another one, or write --force to empty it first."
    )


class FolderNotOurs(BadInput):
    code = "folder-not-ours"
    sentence = N_(
        "The folder «{folder}» holds «{name}», which no demo made. Choose another one; nothing was deleted."
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the demo puts what it makes."""

    top: Path

    @property
    def commune(self) -> Path:
        return self.top / "commune"

    @property
    def receiving(self) -> Path:
        return self.top / "receiving"

    @property
    def stick(self) -> Path:
        return self.top / "stick"

    def paper(self, name: str) -> Path:
        return self.top / "papers" / name


def add(parsers: Parsers) -> None:
    """Add the command."""
    demo = parsers.add_parser("demo", help=_("the whole main job on sample data, both sides")).does(_demo)
    demo.takes("--out", type=Path, required=True, metavar=_("FOLDER"))
    demo.takes("--force", action="store_true", help=_("empty the folder first"))


def _demo(options: Namespace, console: Console) -> Exit:
    places = _Places(options.out.resolve())
    _empty(places.top, force=options.force)
    started = time.monotonic()
    passphrase = os.environ.get("ANTQ_PASSPHRASE") or _PASSPHRASE
    made: dict[str, Any] = {"commune_data": str(places.commune), "receiving_data": str(places.receiving)}
    commune = create_workspace(
        places.commune,
        new_commune(
            _COMMUNE,
            receiving_unit=_RECEIVER,
            officer="Hà Quang Vinh",
            rank="Trung tá",
            year=_YEAR,
            passphrase=passphrase,
        ),
        _clock,
    )
    upper = create_workspace(
        places.receiving,
        new_receiving_unit(_RECEIVER, officer="", year=_YEAR, passphrase=passphrase),
        _clock,
    )
    try:
        application = commune.application
        application.settings.put_all(_SIGNERS)
        application.printing.recovery_sheet(commune.recovery_key, places.paper("recovery-key.pdf"))
        _take_households_in(application, console)
        _work_through_the_year(application)
        demo_rest.record(application, _YEAR)
        made |= _assess_and_recognise(application, places)
        made |= _exchange(application, upper.application, places, console)
        made |= _print(application, places)
    finally:
        commune.application.close()
        upper.application.close()
    made |= {"passphrase": passphrase, "seconds": round(time.monotonic() - started, 1)}
    console.tell(made, *(f"{name}: {value}" for name, value in made.items()))
    return Exit.DONE


def _clock() -> datetime:
    return max(system_clock(), _EARLIEST)


def _empty(folder: Path, *, force: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    found = sorted(folder.iterdir())
    if found and not force:
        raise FolderInUse(folder=str(folder))
    # A slip in the name of the folder must not cost somebody his files.
    for path in found:
        if path.name not in _FOLDERS or not path.is_dir():
            raise FolderNotOurs(folder=str(folder), name=path.name)
    for path in found:
        shutil.rmtree(path)


def _take_households_in(application: Application, console: Console) -> None:
    for path in sorted((RESOURCES / "samples").iterdir()):
        if path.suffix in {".xls", ".xlsx", ".csv"}:
            result = application.intake.run(application.intake.plan(application.intake.read(path)))
            console.say(
                _(
                    "{file}: {added} households taken in, {faults} rows faulty.",
                    file=path.name,
                    added=result.run.added,
                    faults=result.run.faults,
                )
            )


def _work_through_the_year(application: Application) -> None:
    """One area signs to the last household, another has one that was absent; models work the year through."""
    campaign = application.commitments.yearly()
    complete, other = sorted(application.commitments.status(campaign.id), key=lambda area: area.living)[:2]
    open_papers = [
        row for row in application.commitments.entries(complete.area_id, campaign.id) if row.state != "signed"
    ]
    application.commitments.record_many(
        campaign.id,
        [Entry(row.household_id, CommitmentState.SIGNED, date(_YEAR, 3, 20)) for row in open_papers],
    )
    unsigned = [
        row for row in application.commitments.entries(other.area_id, campaign.id) if row.state != "signed"
    ]
    if unsigned:
        application.commitments.record(unsigned[0].household_id, campaign.id, CommitmentState.ABSENT)
    for place, (kind, name, leader, launched, (sites, groups, members)) in enumerate(_MODELS):
        model = application.community_models.save(
            CommunityModel(
                id="",
                unit_code="",
                area_id=(complete, other)[place % 2].area_id,
                kind=kind,
                name=name,
                field=application.catalogues.models.kinds[kind].field,
                block=application.catalogues.models.kinds[kind].block,
                decision_number=f"{10 + place}/QĐ-UBND",
                decision_date=launched,
                launched_on=launched,
                leader=leader,
                leader_post=_("Head of the model's board"),
                sites=sites,
                groups=groups,
                members=members,
                has_regulations=True,
                state=ModelState.WORKING,
            )
        ).record
        for month, (activity, quantities) in enumerate(_ACTIVITIES.items(), 2 + place):
            application.community_models.save_activity(
                ModelActivity(
                    id="",
                    unit_code="",
                    model_id=model.id,
                    kind=activity,
                    on=date(_YEAR, month, 10 + place),
                    title=application.catalogues.activities.kinds[activity].name,
                    quantities=quantities,
                )
            )


def _assess_and_recognise(application: Application, places: _Places) -> dict[str, Any]:
    demo_year.register(application, _YEAR)
    results = demo_year.assess(application, _YEAR)
    met = [key for key, result in results.items() if result == "met"]
    certificates = demo_year.recognise(application, _YEAR, met)
    commune = demo_year.assess_commune(application, _YEAR)
    papers = {
        "assessment_pdf": places.paper("self-assessment.pdf"),
        "certificate_pdf": places.paper("certificate.pdf"),
    }
    application.printing.assessment(met[0], papers["assessment_pdf"])
    application.printing.certificates(certificates, papers["certificate_pdf"])
    return {name: str(path) for name, path in papers.items()} | {
        "units_assessed": len(results) + 1,
        "units_recognised": len(certificates),
        "commune_result": commune,
    }


def _exchange(commune: Application, upper: Application, places: _Places, console: Console) -> dict[str, Any]:
    upper.receiving.initialise(_RECEIVER)
    places.stick.mkdir()
    request = commune.sending.enrolment_request(places.stick / "enrol.antq")
    commune.printing.enrolment_sheet(request, places.paper("enrolment-sheet.pdf"))
    trust = upper.receiving.enrol(request.path, request.check_number, places.stick).path
    commune.sending.take(trust)
    sent = commune.sending.send(places.stick)
    commune.printing.handover_slip(sent, places.paper("handover-slip.pdf"))
    for verdict in upper.receiving.receive([sent.path]):
        console.say(f"{sent.path.name}: {verdict.sentence}")
    acknowledgement = upper.receiving.acknowledge(_COMMUNE, places.stick)
    commune.sending.take(acknowledgement)
    return {
        "enrol_request": str(request.path),
        "trust": str(trust),
        "bundle": str(sent.path),
        "ack": str(acknowledgement),
        "undelivered": commune.sending.waiting().count,
    }


def _print(application: Application, places: _Places) -> dict[str, Any]:
    campaign = application.commitments.yearly()
    status = application.commitments.status(campaign.id)
    area = min(status, key=lambda row: row.living)
    papers = {
        "commitment_pdf": places.paper("household-commitments.pdf"),
        "report_pdf": places.paper(f"report-{_YEAR}.pdf"),
        "report_xlsx": places.paper(f"report-{_YEAR}.xlsx"),
    }
    application.printing.commitments(papers["commitment_pdf"], campaign.id, area_id=area.area_id)
    report = application.periodic_reports.view_of(str(_YEAR))
    application.printing.periodic_report(report, papers["report_pdf"])
    application.printing.periodic_report(report, papers["report_xlsx"])
    return {name: str(path) for name, path in papers.items()} | {
        "households": sum(row.living for row in status),
        "commitments_signed": sum(row.signed for row in status),
    }

"""Commands on the workspace itself: make it, back it up, take it back, check it, find all on a person."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from antq_desktop.bootstrap import Created, create_workspace, system_clock
from antq_desktop.cli.arguments import Parsers, new_file
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import plain
from antq_desktop.domain.catalogue_statuses import summed
from antq_desktop.domain.criteria import Status
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.first_start import new_commune
from antq_desktop.services.recovery.taking_back import restore_workspace

#: How sure the text of a criterion is, in words.
_STATUS_NAMES: dict[Status, str] = {
    "seen": N_("text seen"),
    "press": N_("from the press"),
    "inferred": N_("inferred"),
    "unknown": N_("text not compared"),
}


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    init = parsers.add_parser("init", help=_("make a commune's workspace")).does(_init)
    init.takes("--commune", required=True, metavar=_("CODE"), help=_("five digits of the national list"))
    init.takes("--year", type=int, default=None, help=_("working year"))
    init.takes("--receiving-unit", default="", help=_("name of the upper level"))
    init.takes("--officer", default="", help=_("officer's name"))
    init.takes("--rank", default="", help=_("officer's rank"))
    backup = parsers.add_parser("backup", help=_("write a backup")).does(_backup)
    backup.takes("--to", type=Path, required=True, metavar=_("FOLDER"))
    restore = parsers.add_parser("restore", help=_("take a backup back into an empty folder")).does(_restore)
    restore.takes("file", type=Path)
    check = parsers.add_parser("check", help=_("check the data, both logs and the catalogues")).does(_check)
    check.takes("--rebuild-search", action="store_true", help=_("gather the words of the search anew"))
    person = parsers.add_parser("person", help=_("all that is held on a person")).group()
    find = person.add_parser("find", help=_("find it by the citizen id")).does(_person)
    find.takes("--citizen-id", required=True)
    find.takes("--name", default="", help=_("finds members of teams and awards, which bear no citizen id"))
    find.takes("--birth", default="", metavar="1980|1980-03-12")
    find.takes("--out", type=new_file, default=None, metavar="FILE.pdf", help=_("print the answer too"))


def tell_created(console: Console, created: Created) -> None:
    """Say where the new workspace lies; the recovery key is shown this once and kept nowhere."""
    console.say(
        _("Recovery key, shown only now; write it down and lock it away: {key}", key=created.recovery_key)
    )
    console.tell({"data": str(console.data)}, _("The workspace lies in {folder}.", folder=console.data))


def _init(options: Namespace, console: Console) -> Exit:
    new = new_commune(
        options.commune,
        receiving_unit=options.receiving_unit,
        officer=options.officer,
        rank=options.rank,
        year=options.year or system_clock().astimezone().year,
        passphrase=console.passphrase(new=True),
    )
    created = create_workspace(console.data, new)
    created.application.close()
    tell_created(console, created)
    return Exit.DONE


def _backup(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        file = application.backups.back_up(options.to)
    console.tell({"file": str(file)}, _("The backup is {file}.", file=file))
    return Exit.DONE


def _restore(options: Namespace, console: Console) -> Exit:
    restore_workspace(options.file, console.data)
    console.tell(
        {"data": str(console.data)},
        _("The workspace lies in {folder}.", folder=console.data),
        _("Nothing leaves it before it is settled: antq workspace mend --as restored --reason …"),
    )
    return Exit.DONE


def _check(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        if options.rebuild_search:
            application.search.rebuild(console.progress())
        logs = application.journal.check()
        by_catalogue = application.catalogues.statuses()
    total = summed(by_catalogue)
    console.tell(
        {"journal": logs.journal, "outbox": logs.outbox, "criteria": total, "catalogues": by_catalogue},
        _("Data: intact.")
        if logs.holds
        else _(
            "A log was changed by hand: journal line {journal}, event {outbox}.",
            journal=logs.journal or "-",
            outbox=logs.outbox or "-",
        ),
        _("What the catalogues say, by how sure its text is: {shares}", shares=_shares(total)),
        *(f"{name}: {_shares(counts)}" for name, counts in by_catalogue.items()),
    )
    return Exit.DONE if logs.holds else Exit.FINDINGS


def _shares(counts: Mapping[Status, int]) -> str:
    """Return counts with their share of all, two decimals cut, never rounded up."""
    every = sum(counts.values())
    return ", ".join(
        f"{_(_STATUS_NAMES[name])} {count} ({Ratio(count, every).percent_text or '-'} %)"
        for name, count in counts.items()
    )


def _person(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        report = application.households.person(options.citizen_id, options.name, options.birth)
        if options.out is not None:
            application.printing.person_report(report, options.out)
    homes = [
        {
            "head": home.head,
            "birth": home.birth,
            "phone": home.phone,
            "address": home.address,
            "area_id": home.area_id,
        }
        for home in report.households
    ]
    papers = [
        {
            "year": paper.year,
            "state": paper.state.value,
            "signed_on": paper.signed_on.isoformat() if paper.signed_on else None,
        }
        for paper in report.commitments
    ]
    imported = [asdict(row) for row in report.imported]
    lines = [asdict(line) for line in report.journal]
    console.tell(
        {
            "citizen_id": report.citizen_id,
            "households": homes,
            "commitments": papers,
            "imported": imported,
            "members": [plain(member) for member in report.named.members],
            "ratings": [plain(rating) for rating in report.named.ratings],
            "awards": [plain(award) for award in report.named.awards],
            "journal": lines,
        },
        _(
            "Held on {number}: {homes} households, {papers} papers, {lines} lines of the journal.",
            number=report.citizen_id,
            homes=len(homes),
            papers=len(papers),
            lines=len(lines),
        ),
        _("Rows of imported files: {rows}.", rows=len(imported)),
        _(
            "In security teams: {members}; awards of that name: {awards}.",
            members=len(report.named.members),
            awards=len(report.named.awards),
        ),
    )
    return Exit.DONE

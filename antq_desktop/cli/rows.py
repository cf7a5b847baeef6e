"""How rows of a list become one JSON document, and how what is odd about a record is said beside the answer."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from antq_desktop.cli.console import Console
from antq_desktop.documents.pdf import Rendered
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.movement.kept_records import KeptRecords
from antq_desktop.services.results import Written, remark
from antq_desktop.services.scans import HasPaper
from antq_desktop.storage.records import Record


def plain(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of any list
    """Return the fields of a row as JSON values; days are ISO texts."""
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()
    }


def tell_kept(console: Console, written: "Written[Any]") -> None:
    """Say what is odd about a record that was kept, and answer with its id."""
    say_warnings(console, written)
    record: Record = written.record
    console.tell({"id": record.id}, _("Recorded as {number}.", number=record.id))


def say_warnings(console: Console, written: "Written[Any]") -> None:
    for warning in written.warnings:
        console.say(remark(warning))


def with_paper(records: "KeptRecords[Any]", written: "Written[Any]", paper: Path | None) -> None:
    """Attach the file ``paper`` to a record that was just kept, if one was named."""
    if paper is not None:
        kept: HasPaper = written.record
        records.attach_paper(kept.id, paper)


def paper_remarks(done: Rendered) -> list[str]:
    """Return what kept a record out of the paper, and which letters it lacks there, each with the name of the record."""
    remarks = []
    for result in done.results:
        why = []
        if result.failure is not None:
            why.append(sentence(result.failure))
        if result.missing_glyphs:
            letters = " ".join(result.missing_glyphs)
            why.append(
                _("The letters {letters} are missing in the face; look at the paper.", letters=letters)
            )
        name = result.name or _("Entry {number}", number=result.number)
        remarks += [_("{name}: {why}", name=name, why=said) for said in why]
    return remarks


def day_text(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def line(*parts: object) -> str:
    """Return the parts that say something as one line."""
    return " · ".join(text for text in map(str, parts) if text)

"""What the page keeps: outreach campaigns, steering committees, coordination programmes, each with its fields and columns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as parts_of
from datetime import date
from typing import Any

from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.domain.steering import CoordinationProgramme, SteeringCommittee
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.outreach import OutreachRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.pages.kept_side import KeptKind
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.field import Field

CAMPAIGNS, COMMITTEES, PROGRAMMES = "campaigns", "committees", "programmes"
#: Stands for a day that is not typed yet; a form shows it as an empty field.
_UNKNOWN_DAY = date.min
_COUNTS = ("sessions", "attendance", "leaflets", "articles", "members")


@dataclass(frozen=True, slots=True)
class Kept:
    """One of the three lists: what it is called, how it is shown, and how one of its records is kept.

    ``figure`` says how many there are; ``new`` makes what is offered for another one.
    """

    view: str
    called: str
    add: str
    new_title: str
    empty: tuple[str, str]
    columns: Sequence[Column]
    source: Callable[[Iterable[Any]], ListRows]
    figure: Callable[[str], str]
    new: Callable[[], Any]
    kind: KeptKind


def all_kinds(desk: Desk) -> tuple[Kept, ...]:
    """Return the three kinds in the order in which they are offered."""
    return (_campaigns(desk), _committees(desk), _programmes(desk))


def totals(rows: Sequence[OutreachRow]) -> str:
    """Return the figures of the campaigns in one line, nothing without any."""
    if not rows:
        return ""

    def total(name: str) -> str:
        return written.number(sum(getattr(row, name) for row in rows))

    return " · ".join(
        (
            _("{count} sessions", count=total("sessions")),
            _("{count} attended", count=total("attendance")),
            _("{count} leaflets", count=total("leaflets")),
            _("{count} articles", count=total("articles")),
        )
    )


def _campaigns(desk: Desk) -> Kept:
    service, kinds = desk.services.outreach, desk.services.catalogues.outreach.kinds
    first = next(iter(kinds))
    return Kept(
        view=CAMPAIGNS,
        called=_("Outreach campaigns"),
        add=_("Record a campaign"),
        new_title=_("New round of outreach"),
        empty=(
            _("No outreach campaign touches this year"),
            _("Record each round of outreach: what it was about and how many it reached."),
        ),
        columns=_campaign_columns(),
        source=_campaign_source,
        figure=lambda count: _("{count} campaigns", count=count),
        new=lambda: OutreachCampaign(id="", unit_code="", title="", kind=first, starts_on=_UNKNOWN_DAY),
        kind=_kept(
            "outreach",
            service,
            _campaign_sections(tuple((kind.id, kind.name) for kind in kinds.values())),
            lambda c: c.title,
        ),
    )


def _committees(desk: Desk) -> Kept:
    return Kept(
        view=COMMITTEES,
        called=_("Steering committees"),
        add=_("Record a committee"),
        new_title=_("New committee"),
        empty=(
            _("No steering committee is recorded"),
            _("Record the committee of the commune with its decision; only posts and counts are kept."),
        ),
        columns=_committee_columns(),
        source=_committee_source,
        figure=lambda count: _("{count} committees", count=count),
        new=lambda: SteeringCommittee(id="", unit_code="", name="", valid_from=_UNKNOWN_DAY),
        kind=_kept("committee", desk.services.committees, _committee_sections(), lambda c: c.name),
    )


def _programmes(desk: Desk) -> Kept:
    return Kept(
        view=PROGRAMMES,
        called=_("Coordination programmes"),
        add=_("Record a programme"),
        new_title=_("New programme"),
        empty=(
            _("No coordination programme is in force in this year"),
            _("Record each programme that was signed: with whom, about what, until when."),
        ),
        columns=_programme_columns(),
        source=_programme_source,
        figure=lambda count: _("{count} programmes", count=count),
        new=lambda: CoordinationProgramme(
            id="", unit_code="", partner="", signed_on=_UNKNOWN_DAY, subject=""
        ),
        kind=_kept("programme", desk.services.programmes, _programme_sections(), lambda p: p.partner),
    )


def _kept(
    name: str,
    service: Any,  # noqa: ANN401 - one of three services of one shape
    sections: Sequence[tuple[str, Sequence[Field]]],
    called: Callable[[Any], str],
) -> KeptKind:
    return KeptKind(
        name=name,
        sections=sections,
        read=service.get,
        write=service.save,
        delete=service.delete,
        shown=_shown,
        made=_made,
        called=called,
        papers=service,
    )


def _shown(record: Any) -> dict[str, object]:  # noqa: ANN401 - one of three records
    """Return the values of a record; a day that is not known yet and a count of none are empty fields."""
    values = {part.name: getattr(record, part.name) for part in parts_of(record)}
    return {
        name: None if value == _UNKNOWN_DAY or (name in _COUNTS and not value) else value
        for name, value in values.items()
    }


def _made(record: Any, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - one of three records
    counts = {name: values[name] or 0 for name in _COUNTS if name in values}
    return replace(record, **{**values, **counts})


def _campaign_sections(kinds: tuple[tuple[str, str], ...]) -> list[tuple[str, list[Field]]]:
    return [
        (
            "",
            [
                Field("title", _("Name of the round of outreach"), required=True),
                Field("kind", _("What it is about"), kind="choice", required=True, choices=kinds),
                Field("starts_on", _("Begins on"), kind="date", required=True, pair=True),
                Field("ends_on", _("Ends on"), kind="date"),
            ],
        ),
        (
            _("What was reached"),
            [
                Field("sessions", _("Sessions"), kind="number", pair=True),
                Field("attendance", _("Attended"), kind="number"),
                Field("leaflets", _("Leaflets"), kind="number", pair=True),
                Field("articles", _("Articles"), kind="number"),
                Field("note", _("Note"), kind="lines"),
            ],
        ),
    ]


def _committee_sections() -> list[tuple[str, list[Field]]]:
    return [
        (
            "",
            [
                Field("name", _("Name of the committee"), required=True),
                Field("decision_number", _("Decision number"), pair=True),
                Field("decision_date", _("Decision date"), kind="date"),
                Field(
                    "head_post", _("Post of its head"), hint=_("The post only; names stand in the decision")
                ),
                Field("standing_body", _("Standing agency")),
                Field("members", _("Members"), kind="number", width=160),
                Field("valid_from", _("There since"), kind="date", required=True, pair=True),
                Field("valid_to", _("Last day"), kind="date"),
                Field("note", _("Note"), kind="lines"),
            ],
        )
    ]


def _programme_sections() -> list[tuple[str, list[Field]]]:
    return [
        (
            "",
            [
                Field("partner", _("Signed with"), required=True),
                Field("subject", _("What it is about"), kind="lines", required=True),
                Field("number", _("Number of the document"), width=200),
                Field("signed_on", _("Signed on"), kind="date", required=True, pair=True),
                Field("ends_on", _("Ends on"), kind="date"),
                Field("note", _("Note"), kind="lines"),
            ],
        )
    ]


def _campaign_columns() -> list[Column]:
    return [
        Column("starts_on", _("Begins on"), lambda row: written.day(row.starts_on), width=104),
        Column("ends_on", _("Ends on"), lambda row: written.day(row.ends_on), width=104, spare=True),
        Column("title", _("Name of the round of outreach"), lambda row: row.title, width=180, wide=True),
        Column("kind", _("What it is about"), lambda row: row.kind_name, 160, wide=True, spare=True),
        *(
            _number(name, title, spare=name != "attendance")
            for name, title in (
                ("sessions", _("Sessions")),
                ("attendance", _("Attended")),
                ("leaflets", _("Leaflets")),
                ("articles", _("Articles")),
            )
        ),
        _file(),
    ]


def _campaign_source(rows: Iterable[Any]) -> ListRows:
    return ListRows(
        tuple(rows),
        sort_keys={
            "title": lambda row: sort_key(row.title),
            "kind": lambda row: sort_key(row.kind_name),
            "ends_on": lambda row: (row.ends_on is None, row.ends_on),
            "paper": lambda row: row.paper_sha256 is None,
        },
        search=lambda row: f"{row.title} {row.kind_name}",
    )


def _committee_columns() -> list[Column]:
    return [
        Column("name", _("Name of the committee"), lambda row: row.name, width=200, wide=True),
        Column("decision_number", _("Decision number"), lambda row: row.decision_number, width=128),
        Column(
            "decision_date", _("Decision date"), lambda row: written.day(row.decision_date), 112, spare=True
        ),
        Column("head_post", _("Post of its head"), lambda row: row.head_post, 170, wide=True, spare=True),
        _number("members", _("Members"), spare=True),
        _holds("working", _("State"), lambda row: _("Works") if row.working else _("Over or not begun")),
        _file(),
    ]


def _committee_source(rows: Iterable[Any]) -> ListRows:
    return ListRows(
        tuple(rows),
        sort_keys={
            "name": lambda row: sort_key(row.name),
            "decision_number": lambda row: sort_key(row.decision_number),
            "decision_date": lambda row: (row.decision_date is None, row.decision_date),
            "head_post": lambda row: sort_key(row.head_post),
            "paper": lambda row: row.paper_sha256 is None,
        },
        search=lambda row: f"{row.name} {row.decision_number}",
    )


def _programme_columns() -> list[Column]:
    return [
        Column("partner", _("Signed with"), lambda row: row.partner, width=170, wide=True),
        Column("subject", _("What it is about"), lambda row: row.subject, width=200, wide=True),
        Column("number", _("Number of the document"), lambda row: row.number, width=140, spare=True),
        Column("signed_on", _("Signed on"), lambda row: written.day(row.signed_on), 104, spare=True),
        Column("ends_on", _("Ends on"), lambda row: written.day(row.ends_on), width=104, spare=True),
        _holds("in_force", _("State"), lambda row: _("In force") if row.in_force else _("Over or not begun")),
        _file(),
    ]


def _programme_source(rows: Iterable[Any]) -> ListRows:
    return ListRows(
        tuple(rows),
        sort_keys={
            "partner": lambda row: sort_key(row.partner),
            "subject": lambda row: sort_key(row.subject),
            "number": lambda row: sort_key(row.number),
            "ends_on": lambda row: (row.ends_on is None, row.ends_on),
            "paper": lambda row: row.paper_sha256 is None,
        },
        search=lambda row: f"{row.partner} {row.subject} {row.number}",
    )


def _number(key: str, title: str, *, spare: bool) -> Column:
    return Column(key, title, lambda row: written.number(getattr(row, key) or None), 96, "right", spare=spare)


def _holds(key: str, title: str, word: Callable[[Any], str]) -> Column:
    return Column(key, title, word, 168, state=lambda row: State.GOOD if getattr(row, key) else State.NONE)


def _file() -> Column:
    return Column("paper", _("File"), lambda row: _("yes") if row.paper_sha256 else "", 64, offered=True)

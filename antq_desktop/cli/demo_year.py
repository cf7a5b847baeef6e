"""The yearly round of the demo: units of every kind registered, assessed and recognised, and last the commune itself."""

from datetime import date

from antq_desktop.domain.criteria import Item
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, Present, ShareAtLeast, Within
from antq_desktop.domain.units import ListedKind, UnitKey
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.assessments import Given

#: Điều 1 khoản 2 leaves the last one out.
_UNITS: tuple[tuple[ListedKind, str, str], ...] = (
    ("agency", "Bưu điện trung tâm", "co-quan"),
    ("school", "Trường Trung học cơ sở Kim Bôi", "trung-hoc-co-so"),
    ("school", "Trường Tiểu học Kim Bôi", "tieu-hoc"),
)
_FIRST_QUARTER = (("resolution", 1, 20, "03-NQ"), ("plan", 1, 28, "05/KH"), ("registration", 2, 5, "01/ĐK"))


def register(application: Application, year: int) -> None:
    """List an agency and two schools, and record what every unit that is assessed did in the first quarter."""
    for kind, name, category in _UNITS:
        application.units.add(kind, name, category, has_party=kind == "agency", valid_from=date(2020, 1, 1))
    board = application.year_board
    for row in board.rows(year):
        steps = {state.step.id for state in row.steps}
        for step, month, day, number in _FIRST_QUARTER:
            if step in steps:
                board.record(row.key, year, step, date(year, month, day), number=number)
        if "staff_told" in steps:
            board.record(row.key, year, "staff_told", date(year, 3, 2), part=6, whole=6)


def assess(application: Application, year: int) -> dict[str, str | None]:
    """Assess every unit but the commune; return what each assessment came to, by its id."""
    keys = [row.key for row in application.year_board.rows(year) if row.excluded_why is None]
    return dict(
        _assessed(application, key, date(year, 11, 16 if key.kind != "residential_area" else 5))
        for key in keys
        if key.kind != "commune"
    )


def recognise(application: Application, year: int, met: list[str]) -> list[str]:
    """Recognise the units of these assessments by one decision; return the ids of their certificates."""
    on = date(year, 11, 18)
    decided = application.recognitions.recognise_all(met, "412/QĐ-UBND", on)
    issued = application.recognitions.issue_all(
        [row.written.record.id for row in decided if row.written is not None], on
    )
    return [row.written.record.id for row in issued if row.written is not None]


def assess_commune(application: Application, year: int) -> str | None:
    """Assess the commune itself, which follows from its units, and return what it came to."""
    key = UnitKey("commune", application.session.unit_code)
    return _assessed(application, key, date(year, 11, 19))[1]


def _assessed(application: Application, key: UnitKey, on: date) -> tuple[str, str | None]:
    assessments = application.assessments
    draft = assessments.start(key.id, unit_kind=key.kind).record
    items = [item for item in assessments.catalogue(draft.id).items if item.id not in draft.answers]
    assessments.answer_all(draft.id, {item.id: _answer(item, on.year) for item in items})
    return draft.id, assessments.finalise(draft.id, on).record.result


def _answer(item: Item, year: int) -> Given:
    """Return an answer that meets ``item``."""
    match item.rule:
        case Expected(yes):
            return Given(yes)
        case AtLeast(count) | AtMost(count):
            return Given(count)
        case ShareAtLeast():
            return Given("6/6")
        case Within(first):
            return Given(date(year, *first), evidence=f"02/{year}")
        case Present():
            return Given(f"02/{year}")

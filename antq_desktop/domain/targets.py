"""What the year is to reach: a figure, a period, and the least it has to be, as a resolution or plan names it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast, get_args

from antq_desktop.domain.catalogues import CatalogueHead, Table, read_entries, read_head
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.indicators import Amount, Indicator, IndicatorCatalogue
from antq_desktop.domain.periods import PERIOD_NAMES
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.wording import N_

#: Who has to reach it: the commune as a whole, or each residential area by itself.
Level = Literal["commune", "area"]
LEVEL_NAMES: dict[Level, str] = {
    "commune": N_("the whole commune"),
    "area": N_("each residential area"),
}
#: Whether a whole number or a share is to be reached.
Measured = Literal["count", "percent"]
MEASURED_NAMES: dict[Measured, str] = {"count": N_("a whole number"), "percent": N_("a share")}
#: A hundred per cent, in hundredths of a per cent.
WHOLE = 100_00
_AIM = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,([0-9]{1,2}))?\s*(%?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One figure that has to reach ``at_least`` within a period.

    ``period`` is the code of a reporting period of ``year``, ``indicator`` an id of the catalogue of indicators. ``at_least`` is a
    whole number, or hundredths of a per cent when ``measured`` is percent. ``set_by`` names the resolution or plan.
    """

    id: str
    unit_code: str
    year: int
    period: str
    level: Level
    indicator: str
    measured: Measured
    at_least: int
    set_by: str = ""
    version: dict[str, int] = field(default_factory=dict)

    def reached(self, amount: Amount) -> bool:
        """Whether ``amount`` is enough, compared exactly; nothing of nothing reaches nothing."""
        if isinstance(amount, Ratio):
            return amount.at_least(self.at_least, WHOLE)
        return isinstance(amount, int) and amount >= self.at_least


class WrongAim(BadInput):
    code = "wrong-aim"
    sentence = N_(
        "«{value}» is no target. Type a whole number such as 12, or a share such as 90 % or 97,5 %."
    )


@dataclass(frozen=True, slots=True)
class UsualTarget:
    """A target that plans usually name; ``part`` is a key of PERIOD_NAMES, ``name`` why it is usual."""

    id: str
    name: str
    part: str
    level: Level
    indicator: str
    measured: Measured
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetCatalogue(CatalogueHead):
    """The targets that plans usually name, by id."""

    targets: Mapping[str, UsualTarget]


def parse_targets(plain: Mapping[str, Any], sha256: str) -> TargetCatalogue:
    """Return the catalogue of usual targets. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "targets", sha256)

    def target(row: Table, target_id: str, name: str) -> UsualTarget:
        part = row.choice("part", tuple(PERIOD_NAMES), "")
        level = cast("Level", row.choice("level", get_args(Level)))
        try:
            measured, at_least = read_aim(row.text("at_least"))
        except WrongAim as error:
            raise row.fault(N_("the number does not fit"), "at_least") from error
        return UsualTarget(target_id, name, part, level, row.text("indicator"), measured, at_least)

    targets = read_entries(table, "targets", target)
    table.finish()
    return TargetCatalogue(**head, targets=targets)


def read_aim(text: str) -> tuple[Measured, int]:
    """Return what a typed aim means: ``12`` is a count, ``97,5 %`` hundredths of a per cent. Raises WrongAim."""
    match = _AIM.fullmatch(text.strip())
    if match is None or (match[2] and not match[3]):
        raise WrongAim(value=text)
    whole = int(match[1].replace(".", ""))
    if not match[3]:
        return "count", whole
    return "percent", whole * 100 + int((match[2] or "").ljust(2, "0"))


def aim_text(target: Target | UsualTarget) -> str:
    """Return the aim as it is typed and printed: ``1.200``, ``97,5 %``."""
    if target.measured == "count":
        return f"{target.at_least:,}".replace(",", ".")
    whole, rest = divmod(target.at_least, 100)
    return f"{whole},{rest:02d}".rstrip("0") + " %" if rest else f"{whole} %"


def check_target(
    target: Target, catalogue: IndicatorCatalogue, others: Iterable[Target]
) -> tuple[Finding, ...]:
    """Return what is wrong about a target beside the ``others`` of its year."""
    indicator = catalogue.indicators.get(target.indicator)
    if indicator is None:
        message = N_("«{word}» is no figure of the catalogue of indicators. Choose one of the list.")
        return (Finding("indicator", "indicator-unknown", message, {"word": target.indicator}),)
    return (*_aim_remarks(target, indicator), *_other_remarks(target, indicator, others))


def _aim_remarks(target: Target, indicator: Indicator) -> Iterator[Finding]:
    facts = {"name": indicator.name}
    if indicator.kind == "tally":
        message = N_("«{name}» is counted by kind and has no one number. Choose another figure.")
        yield Finding("indicator", "target-of-kinds", message, facts)
    elif indicator.kind == "share" and target.measured != "percent":
        message = N_("«{name}» is a share. Type the target as per cent, such as 90 %.")
        yield Finding("at_least", "target-not-percent", message, facts)
    elif indicator.kind == "count" and target.measured != "count":
        message = N_("«{name}» is a number, not a share. Type the target as a whole number, such as 12.")
        yield Finding("at_least", "target-not-count", message, facts)
    if target.measured == "percent" and target.at_least > WHOLE:
        message = N_(
            "A target of {aim} cannot be reached: nothing is more than 100 % of all. Type 100 % at most."
        )
        yield Finding("at_least", "target-above-whole", message, {"aim": aim_text(target)})
    if target.at_least <= 0:
        message = N_("A target of 0 is reached before anything was done. Type a larger one.")
        yield Finding("at_least", "target-of-nothing", message)


def _other_remarks(target: Target, indicator: Indicator, others: Iterable[Target]) -> Iterator[Finding]:
    place = (target.period, target.level, target.indicator)
    if any(
        other.id != target.id and (other.period, other.level, other.indicator) == place for other in others
    ):
        message = N_("There is a target for «{name}» in this period already. Change that one.")
        yield Finding("indicator", "target-twice", message, {"name": indicator.name})

"""The rules that one answer can be held against, each saying in words and figures how the answer stands to it.

``judge`` returns None for a value that is no answer of the rule's kind. Every rule is monotonic: a worse answer never
stands better. Days are shown as dd/MM/yyyy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.wording import N_

#: yes/no, a count, a share, a day, or the number of a document; None where nothing was answered.
Value = bool | int | Ratio | date | str | None

_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an answer holds, and the message id with its facts that says why."""

    holds: bool
    message: str
    facts: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expected:
    """A question that must be answered with yes (``yes`` true) or with no."""

    yes: bool

    def judge(self, value: Value, _year: int) -> Judgement | None:
        if not isinstance(value, bool):
            return None
        if self.yes:
            return Judgement(value, N_("Holds.") if value else N_("Does not hold."))
        return Judgement(not value, N_("It happened.") if value else N_("It did not happen."))


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A count of ``count`` or more."""

    count: int

    def judge(self, value: Value, _year: int) -> Judgement | None:
        if type(value) is not int or value < 0:
            return None
        facts = {"count": value, "needed": self.count}
        return Judgement(value >= self.count, N_("{count}; at least {needed} needed."), facts)


@dataclass(frozen=True, slots=True)
class AtMost:
    """A count of ``count`` or fewer."""

    count: int

    def judge(self, value: Value, _year: int) -> Judgement | None:
        if type(value) is not int or value < 0:
            return None
        facts = {"count": value, "allowed": self.count}
        return Judgement(value <= self.count, N_("{count}; at most {allowed} allowed."), facts)


@dataclass(frozen=True, slots=True)
class ShareAtLeast:
    """A share of ``part`` of ``whole`` (70 of 100, 2 of 3) or more, compared exactly; nothing of nothing never holds."""

    part: int
    whole: int = 100

    def judge(self, value: Value, _year: int) -> Judgement | None:
        if not isinstance(value, Ratio):
            return None
        facts: dict[str, int | str] = {
            "part": value.part,
            "whole": value.whole,
            "percent": value.percent_text,
            "needed": self.part if self.whole == _PER_CENT else f"{self.part}/{self.whole}",
        }
        if value.whole == 0:
            return Judgement(False, N_("{part} of {whole}: there is nothing to take a share of."), facts)  # noqa: FBT003
        return Judgement(
            value.at_least(self.part, self.whole),
            N_("{part} of {whole} ({percent} %); at least {needed} % needed.")
            if self.whole == _PER_CENT
            else N_("{part} of {whole} ({percent} %); at least {needed} of them needed."),
            facts,
        )


@dataclass(frozen=True, slots=True)
class Within:
    """A day of the assessed year from ``first`` to ``last``, both included, as (month, day)."""

    first: tuple[int, int]
    last: tuple[int, int]

    def judge(self, value: Value, year: int) -> Judgement | None:
        if type(value) is not date:
            return None
        place = (value.year, value.month, value.day)
        facts = {
            "day": f"{value:%d/%m/%Y}",
            "first": f"{self.first[1]:02d}/{self.first[0]:02d}/{year}",
            "last": f"{self.last[1]:02d}/{self.last[0]:02d}/{year}",
        }
        holds = (year, *self.first) <= place <= (year, *self.last)
        return Judgement(holds, N_("{day}; from {first} to {last} needed."), facts)


@dataclass(frozen=True, slots=True)
class Present:
    """A document must be named."""

    def judge(self, value: Value, _year: int) -> Judgement | None:
        if not isinstance(value, str):
            return None
        return Judgement(bool(value.strip()), N_("Document: {number}."), {"number": value})


Rule = Expected | AtLeast | AtMost | ShareAtLeast | Within | Present

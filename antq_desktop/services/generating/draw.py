"""Draws names, days and counts from a seed, so that the same seed invents the same commune."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal, TypeVar

from antq_desktop.services.generating.words import Words

T = TypeVar("T")
Sex = Literal["male", "female"]
#: One of the province codes of citizen ids, and a number that no network uses: nobody invented can be called.
_PROVINCE, _PHONE = "017", "0100"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist. ``birth`` is ``YYYY-MM-DD`` or ``YYYY``."""

    name: str
    sex: Sex
    birth: str
    citizen_id: str


class Draw:
    """One stream of chance; each subject has its own, so that a change in one leaves the others as they were."""

    def __init__(self, seed: int, subject: str, words: Words) -> None:
        self._random = Random(f"{seed} {subject}")  # noqa: S311 - invented data, no secret
        self.words = words

    def id(self) -> str:
        return f"{self._random.getrandbits(128):032x}"

    def chance(self, share: float) -> bool:
        """Return whether something that happens in ``share`` (0 to 1) of all cases happens."""
        return self._random.random() < share

    def count(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def one(self, choices: Sequence[T]) -> T:
        return self._random.choice(choices)

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """Return ``count`` different ones, or all of them where there are fewer."""
        return self._random.sample(choices, min(count, len(choices)))

    def weighted(self, choices: Sequence[T], weights: Sequence[int]) -> T:
        return self._random.choices(choices, weights)[0]

    def day(self, first: date, last: date) -> date:
        """Return a day from ``first`` to ``last``, both included."""
        return first + timedelta(days=self._random.randint(0, (last - first).days))

    def person(self, first_year: int, last_year: int) -> Person:
        """Return somebody born in one of these years."""
        sex: Sex = "male" if self.chance(0.62) else "female"
        words = self.words
        name = " ".join((self.one(words.families), self.one(words.middle[sex]), self.one(words.given[sex])))
        born = self.day(date(first_year, 1, 1), date(last_year, 12, 31))
        century = (born.year - 1900) // 100 * 2 + (sex == "female")
        number = f"{_PROVINCE}{century}{born.year % 100:02d}{self._random.randint(0, 999_999):06d}"
        birth = f"{born.year}" if self.chance(0.12) else born.isoformat()
        return Person(name, sex, birth, number)

    def phone(self) -> str:
        return f"{_PHONE}{self._random.randint(0, 999_999):06d}"

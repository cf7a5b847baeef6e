"""A part of a whole compared as whole numbers, because 69.99 % must fail where the law says 70 %."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """``part`` of ``whole``; nothing of nothing is no share at all, never 100 %."""

    part: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise ValueError(f"{self.part} of {self.whole} is no part of a whole")

    def at_least(self, part: int, whole: int = 100) -> bool:
        """Whether this is ``part`` of ``whole`` (of a hundred: per cent) or more, exactly; False for nothing of nothing."""
        return self.whole > 0 and self.part * whole >= self.whole * part

    @property
    def percent_text(self) -> str:
        """The share for people, two decimals cut, never rounded up (``"69,99"``); empty for nothing of nothing."""
        if self.whole == 0:
            return ""
        hundredths = self.part * 10_000 // self.whole
        whole, rest = divmod(hundredths, 100)
        return f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)

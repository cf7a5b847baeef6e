"""Reads single values as people type them: numbers that lost their zeros, phones, counts of people.

Each reader returns the value and what is doubtful about it, or raises Unfit with the sentence of the fault.
"""

import re
import unicodedata

from openpyxl.utils import get_column_letter

from antq_desktop.domain.citizen_id import LENGTH, OLD_LENGTH, Doubt
from antq_desktop.domain.text import fold
from antq_desktop.domain.wording import N_
from antq_desktop.intake.sheet_text import shown
from antq_desktop.intake.workbook_parts import Value

#: What people write where there is nothing to write.
_NOTHING = re.compile(
    r"(?:[-–—_.,/\\?*x0]*|khong|khong co|chua|chua co|ko|k|kh|khg|n/?a|null|none|nan|trong)"
)
FORMULA_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_MOST_MEMBERS = 99
_PHONE_LENGTHS = (10, 11)


class Unfit(ValueError):
    """A value that cannot be what its column holds; ``doubt`` says why."""

    def __init__(self, code: str, sentence: str, **facts: object) -> None:
        super().__init__(code)
        self.doubt = Doubt(code, sentence, facts)


def is_nothing(value: Value) -> bool:
    """Whether a cell is empty or says that there is nothing («-», «không», «chưa có»)."""
    return value is None or _NOTHING.fullmatch(fold(shown(value))) is not None


def refuse_formula_error(value: Value) -> None:
    """Raise Unfit for what Excel shows when a formula failed (#N/A)."""
    if isinstance(value, str) and FORMULA_ERROR.fullmatch(value.strip()):
        raise Unfit("formula-error", N_("A formula of this cell failed («{text}»)."), text=value.strip())


def uncounted(row: int, column: int) -> Doubt:
    """Return what to say of a formula whose result the file does not hold; ``row`` and ``column`` count from 0."""
    sentence = N_(
        "Cell {cell} holds a formula, and the file does not keep its result. "
        "Open the file in Excel, save it, then choose it again."
    )
    return Doubt("formula-uncounted", sentence, {"cell": f"{get_column_letter(column + 1)}{row + 1}"})


def citizen_id(value: Value) -> str | None:
    """Return 12 or 9 digits, zeros that a number lost given back; None where nothing stands."""
    refuse_formula_error(value)
    text = unicodedata.normalize("NFKC", shown(value)).strip()
    if is_nothing(text):
        return None
    if _SCIENTIFIC.fullmatch(text):
        raise Unfit(
            "citizen-id-rounded", N_("Excel rounded the number to «{text}»; type all its digits."), text=text
        )
    whole = re.search(rf"(?<!\d)\d{{{LENGTH}}}(?!\d)", text)
    if whole is not None:
        return whole[0]
    numbers: list[str] = re.findall(r"\d+", re.sub(r"[\s.\-'’`]", "", text))
    for lengths in ((LENGTH,), (LENGTH - 1, LENGTH - 2), (OLD_LENGTH,)):
        for number in numbers:
            if len(number) in lengths:
                return number if len(number) == OLD_LENGTH else number.zfill(LENGTH)
    raise Unfit("citizen-id-length", N_("«{text}» has neither 12 nor 9 digits."), text=text)


def phone(value: Value) -> tuple[str | None, Doubt | None]:
    """Return the digits of a phone number with its leading zero; a second number is left out with a doubt."""
    refuse_formula_error(value)
    text = unicodedata.normalize("NFKC", shown(value)).strip()
    if is_nothing(text):
        return None, None
    pieces = [re.sub(r"\D", "", piece) for piece in re.split(r"[/;,\n]|\s-\s|\bhoặc\b|\bvà\b", text)]
    numbers = [_national(piece) for piece in pieces if piece]
    if not numbers:
        return None, Doubt(
            "phone-doubtful", N_("«{text}» is no phone number; it was left out."), {"text": text}
        )
    if len(numbers) > 1 and len(numbers[0]) in _PHONE_LENGTHS:
        return numbers[0], Doubt(
            "phone-several", N_("Of «{text}» only the first phone number is kept."), {"text": text}
        )
    number = numbers[0] if len(numbers) == 1 else _national("".join(pieces))
    if len(number) not in _PHONE_LENGTHS:
        return number, Doubt(
            "phone-doubtful", N_("The phone number «{text}» has an unusual length."), {"text": text}
        )
    return number, None


def _national(digits: str) -> str:
    for prefix in ("0084", "084", "84"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == OLD_LENGTH:
            return "0" + digits[len(prefix) :]
    return digits if digits.startswith("0") or len(digits) not in (9, 10) else "0" + digits


def members(value: Value) -> int | None:
    """Return how many people live in the household; «4 khẩu» and «04» are 4."""
    refuse_formula_error(value)
    text = unicodedata.normalize("NFKC", shown(value)).strip()
    if text != "0" and is_nothing(text):
        return None
    found = re.fullmatch(
        r"([-−–]?)\s*(\d{1,9})(?:[.,]0+)?\s*(?:\(.*\)|khẩu|nhân khẩu|người|nk|ng|k)?\.?", text, re.IGNORECASE
    )
    if found is None:
        raise Unfit("members-no-number", N_("«{text}» is no whole number of people."), text=text)
    count = int(found[2])
    if found[1] or not 0 < count <= _MOST_MEMBERS:
        raise Unfit("members-out-of-range", N_("A household cannot have «{text}» people."), text=text)
    return count

"""The words by which lists head their columns, so that a column is found whatever a village calls it.

Headers are compared folded (no tone marks, small letters, single spaces); the first rule that fits decides, so the
narrow ones stand first: «Ngày cấp CCCD» is no number, «Số CCCD chủ hộ» no name.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from antq_desktop.domain.text import clean, fold

#: Fields of a household; the other names below are helpers to fill them.
FIELDS = ("head", "birth", "citizen_id", "hamlet", "address", "members", "phone", "signed")
#: Known columns that hold nothing for us; content must not be guessed into them.
IGNORED = "ignored"

_HAMLET_WORD = (
    r"(?:thon|xom|ap|ban|buon|bon|lang|phum|soc|plei|khu pho|to dan pho|to dp|tdp|khoi pho|khoi|khom|tieu khu|khu dan cu|kdc"
    r"|khu vuc|khu|kp|to|cum dan cu|dia ban|don vi)"
)


class Meaning(NamedTuple):
    """What a header means and how sure that is (1 to 9)."""

    field: str
    weight: int


#: One rule a line: the field, how sure it is (1 to 9), the pattern of the whole folded header.
_RULES = r"""
stt 9 (?:so )?(?:s ?tt|tt|thu tu|so thu tu|no|stt ho|tt ho)
ignored 9 .*ngay.*(?:thuong tru|tam tru|chuyen den|chuyen di|vao ho).*
signed 9 .*(?:ngay|thoi gian|thoi diem)(?:[ ,/]*thang)?(?:[ ,/]*nam)?[ ,/]*(?:ky|cam ket|da ky|dang ky|nop|hoan thanh|ban giao)\b.*
signed 8 (?:ky|da ky|ky cam ket) ?,? ngay.*|signed|signed on|date signed
ignored 9 .*(?:ngay cap|noi cap|co quan cap|noi sinh|que quan|nguyen quan|dan toc|ton giao|nghe nghiep|trinh do|ngay het han).*
ignored 9 .*(?:ghi chu|hoc van|chuc vu|don vi cong tac|noi lam viec|ma ho|so ho ?khau|so so|ky ten|chu ky|ket qua).*
ignored 9 (?:(?:ho ten|ho va ten|ten) )?(?:vo|chong|cha|me|bo|con|nguoi thua ke)(?: ?(?:va|/|,|hoac) ?.*)?
head 6 .*(?:ho ten|ho va ten).*(?:thanh vien|nhan khau).*
relation 9 .*(?:quan he|qh voi|moi qh).*
phone 9 .*(?:dien thoai|di dong|so lien lac|so lien he|zalo|\bsdt\b|\bs ?dt\b|\bdtdd\b|mobile|phone|\btel\b).*
phone 4 (?:so )?(?:dt|lien he|lien lac)(?: (?:lien he|lien lac|chu ho))?
citizen_id 9 .*(?:cccd|can cuoc|dinh danh|\bs?ddcn\b|\bsdd\b).*
cmnd 8 .*(?:cmnd|cmtnd|\bcmt\b|chung minh).*
citizen_id 6 .*(?:giay to tuy than|so giay to|\bso cc\b|\bso dd\b|id number|citizen id|personal id).*
citizen_id 4 (?:cc|id|so cc/cm|so giay|giay to)
birth 9 .*(?:(?:ngay|thang|nam)[ ,/-]*sinh|sinh ngay|sinh nam|date of birth|\bdob\b|birth).*
birth 6 (?:ns|n/s|ngay ?,? ?thang ?,? ?nam|sinh)
members 9 .*(?:nhan khau|so khau|tong khau|so nguoi|thanh vien|\bso nk\b|members|persons).*
members 6 (?:khau|nk|sl khau|so luong khau|so luong nguoi)
sex 8 .*(?:gioi tinh|nam ?/ ?nu|nam ?\(? ?nu).*|gt|phai|sex|gender
address 8 .*(?:dia chi|noi o|cho o|thuong tru|\bhktt\b|ho khau|noi cu tru|tam tru|so nha|address).*
hamlet 9 .*\bdia ban\b.*
hamlet 8 (?:(?:ten|thuoc|o|tai) )?KIND(?: ?(?:,|/|-|hoac|;|\(|\)|va|\.|&) ?KIND|\W)*
hamlet 6 (?:(?:ten|thuoc|dia chi) )?(?:thon|xom|ap|khu pho|to dan pho|khu dan cu|lang|buon)\b.*|hamlet|village
head 9 .*(?:ho va ten|ho ten|ho, ten|ho & ten|ten).{0,12}(?:chu ho|dai dien|chu gia dinh|nguoi ky).*
head 8 (?:ten )?(?:chu ho|dai dien|nguoi dai dien|dai dien ho|chu gia dinh|head of household|household head).*
head 7 .*(?:ho va ten|ho ten|ho, ten|ho & ten|ho - ten|ho/ten|hoten|full ?name).*
head 5 (?:ten|ho gia dinh|ten ho|ho dan|name|ten ho gia dinh|nguoi ky|nguoi ky cam ket)
head 4 (?:ho|ho dem|ho lot|ho va dem|ho va ten dem|ho, ten dem|ho va chu lot)
signed 3 .*(?:ky cam ket|da ky|ky ket|tinh trang ky).*
"""
_COMPILED = tuple(
    (field, int(weight), re.compile(pattern.replace("KIND", _HAMLET_WORD)))
    for field, weight, pattern in (rule.split(" ", 2) for rule in _RULES.strip().splitlines())
)
#: What the lower of two header rows means under a group: (the group's field, the lower word).
_UNDER = {
    ("birth", "ngay"): Meaning("birth_day", 9),
    ("birth", "thang"): Meaning("birth_month", 9),
    ("birth", "nam"): Meaning("birth_male", 9),
    ("birth", "nu"): Meaning("birth_female", 9),
    ("sex", "nam"): Meaning("sex_male", 8),
    ("sex", "nu"): Meaning("sex_female", 8),
    ("head", "ho"): Meaning("head", 9),
    ("head", "ho dem"): Meaning("head", 9),
    ("head", "ho lot"): Meaning("head", 9),
    ("head", "ho va ten dem"): Meaning("head", 9),
    ("head", "ten"): Meaning("given_name", 9),
}
_LONGEST = 60
_FAMILY_PART = re.compile(r"ho(?: dem| lot| va dem| va ten dem|, ten dem| va chu lot)?")


@lru_cache(maxsize=4_096)
def meaning(header: str) -> Meaning | None:
    """Return what a column under ``header`` holds; None when the words say nothing."""
    text = _plain(header)
    if not text or len(text) > _LONGEST:
        return None
    for field, weight, pattern in _COMPILED:
        if pattern.fullmatch(text):
            return Meaning(field, weight)
    return None


def meaning_under(group: str, header: str, siblings: tuple[str, ...]) -> Meaning | None:
    """Return what a column under two header rows holds, e.g. «Năm sinh» over «Nam» and «Nữ».

    ``siblings`` are the lower headers of the same group, which tell «Nam» (male) from «Năm» (year) without tones.
    """
    above = meaning(group)
    part = _plain(header)
    if above is not None:
        if (above.field, part) == ("birth", "nam") and "thang" in {_plain(sibling) for sibling in siblings}:
            return Meaning("birth_year", 9)
        if (above.field, part) in _UNDER:
            return _UNDER[above.field, part]
        if above.field == "members" and part and meaning(header) is None:
            return Meaning("members", 9 if part.startswith(("tong", "chung")) else 2)
    own = meaning(header)
    if own is not None:
        return own
    return meaning(f"{group} {header}") if part else above


def is_family_part(header: str) -> bool:
    """Whether a header names only the first part of a name («Họ và tên đệm»), the given name standing beside it."""
    return _FAMILY_PART.fullmatch(_plain(header)) is not None


def is_given_name(header: str) -> bool:
    return _plain(header) == "ten"


def _plain(header: str) -> str:
    text = fold(clean(header.replace("\n", " ").replace("_", " ")))
    text = re.sub(r"\([^)]*\)|[*:.…\"'“”]+", " ", text)
    return re.sub(r"\s+", " ", text).strip(" ,;-/")

"""Finds the name of a residential area in headings, in lines between the rows and in addresses."""

import re

from antq_desktop.domain.text import clean, fold

#: Kinds that begin a name of a residential area; the second group are common words too and need a clearer place.
_SURE = "tổ dân phố|khu dân cư|khu phố|khối phố|tiểu khu|thôn|xóm|ấp|buôn|bon|phum|sóc|plei|khóm|tdp|kdc"
_UNSURE = "bản|làng|khối|khu|tổ"
_NAMED = re.compile(rf"(?:địa bàn|tên thôn|{_SURE}|{_UNSURE})\b", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*(?:[IVXLC]+|\d{1,3}|[A-Za-z])\s*[.)/:-]\s*|^[-–+*•\s]+")
_LABEL = re.compile(
    rf"(?:tên\s+)?(?:địa bàn(?:\s+(?:{_SURE}))?|{_SURE}|{_UNSURE})(?:\s*[,/(]\s*(?:{_SURE}|{_UNSURE})\)?)*\s*[:：]\s*(.+)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\s*[(:–-]?\s*(?:tổng số|gồm|có|cộng)?\s*:?\s*\d+\s*(?:hộ|khẩu|người|nhân khẩu)\b.*$|\s*\([^)]*\)\s*$",
    re.IGNORECASE,
)
_TITLE_END = re.compile(
    r"\s*(?:[,;(–]|\s-\s|\bnăm\b|\bxã\b|\bphường\b|\bthị trấn\b|\bhuyện\b|\btỉnh\b|\bký\b|\bđăng ký\b|\btháng\b|\bquý\b).*$",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(rf"\b(?:{_SURE})\b.*", re.IGNORECASE)
#: What follows «khu dân cư», «bản» or «tổ» where they name no place.
_NO_PLACE = re.compile(
    r"(?:khu dan cu|ban|khu|to|thon|lang|khoi)\s+(?:an toan|van hoa|kieu mau|khong|tu quan|cam ket|dang ky|tong hop|ke khai|ke|sao|than"
    r"|chinh|lien gia|truong|bao ve|doi|cong tac|chi huy|quan ly|chu|vi|hop|dan van|va|co|cua|tren dia ban)\b.*|.*(?:\.{3,}|…|_{3,}).*"
)
_LONGEST = 60


def heading(text: str) -> str | None:
    """Return the area that a line of its own names («I. Thôn Bản Lác (35 hộ)», «Địa bàn: Tổ 5»), else None."""
    line = _NUMBERING.sub("", clean(text))
    if len(line) > _LONGEST or _NO_PLACE.fullmatch(fold(line)):
        return None
    label = _LABEL.fullmatch(line)
    if label:
        name = _COUNT.sub("", label[1]).strip(" .,:;-")
        if not name or not re.search(r"\w", name):
            return None
        if _NAMED.match(name) or fold(line).startswith(("dia ban", "ten")):
            return area_name(name)
        kind = clean(re.split(r"[:：,/(]", line)[0])
        return area_name(f"{kind} {name}")
    if _NAMED.match(line):
        name = _COUNT.sub("", line).strip(" .,:;-")
        return area_name(name) if len(name.split()) > 1 else None
    return None


def in_title(text: str) -> str | None:
    """Return the area that a title names («DANH SÁCH HỘ GIA ĐÌNH THÔN BẢN LÁC NĂM 2026»), else None."""
    line = clean(text)
    own = heading(line)
    if own is not None:
        return own
    found = _IN_TITLE.search(line)
    while found:
        rest = found[0]
        if not _NO_PLACE.fullmatch(fold(rest)):
            label = _LABEL.match(rest)
            name = heading(_TITLE_END.sub("", rest)) if label else _TITLE_END.sub("", rest).strip(" .,:;-")
            if name and 1 < len(name.split()) <= 7:  # noqa: PLR2004 - a name, no sentence
                return area_name(name[0].upper() + name[1:])
        found = _IN_TITLE.search(line, found.start() + 1)
    return None


def in_address(text: str) -> str | None:
    """Return the part of an address that names an area («Số 5, thôn Bản Lác, xã Kim Bôi»), else None."""
    for part in re.split(r"[,;]|\s[-–]\s", clean(text)):
        name = part.strip()
        if _NAMED.match(name) and len(name.split()) > 1:
            return area_name(name[0].upper() + name[1:])
    return None


def begins_with_kind(text: str) -> bool:
    return _NAMED.match(clean(text)) is not None


def area_name(text: str) -> str:
    """Return an area's name in ordinary letters: «TỔ DÂN PHỐ SỐ 5» → «Tổ dân phố số 5»; mixed text stays as typed."""
    name = clean(text)
    if not name.isupper():
        return name
    words = name.lower().split(" ")
    kind = next((k.split() for k in f"{_SURE}|{_UNSURE}".split("|") if name.lower().startswith(k + " ")), [])
    small = {"số", "tdp", "kdc"}
    rest = [word if word in small else word[:1].upper() + word[1:] for word in words[len(kind) :]]
    if kind:
        kind = (
            [kind[0][:1].upper() + kind[0][1:], *kind[1:]]
            if kind[0] not in ("tdp", "kdc")
            else [kind[0].upper()]
        )
    return " ".join([*kind, *rest])

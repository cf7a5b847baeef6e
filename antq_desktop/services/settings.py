"""What a workspace is set to; each name is declared once, with its default and the law behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from antq_desktop.domain.catalogues import month_day
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.settings import Setting
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.storage.unit_of_work import Reading, Store, Writing


@dataclass(frozen=True, slots=True)
class Known:
    """A setting that exists: its default, what it is (message id) and, where there is one, its legal basis.

    ``least`` and ``most`` bound a number, and ``entry`` what a text, or a mapping with names of its own, may hold: anything
    else would stop the work that reads it.
    """

    default: Any
    title: str
    basis: str = ""
    least: int = 0
    most: int = 0
    entry: Callable[[str], object] | None = None


_SCALE = "models.rating_scale"
KNOWN: dict[str, Known] = {
    "commune": Known({"code": "", "name": "", "province": ""}, N_("Commune")),
    "receiving_unit": Known("", N_("Receiving unit (upper level)")),
    "officer": Known({"name": "", "rank": ""}, N_("Officer")),
    "working_year": Known(0, N_("Working year"), least=2022, most=2099),
    "place": Known("", N_("Place name on papers")),
    "agency.parent": Known("", N_("Superior agency on papers")),
    "agency.name": Known("", N_("Agency on papers")),
    "agency.symbol": Known("", N_("Agency's abbreviation in document numbers")),
    "signer": Known("", N_("Who signs papers")),
    "signer_post": Known("", N_("Post of who signs papers")),
    "recognition.decided_by": Known(
        "", N_("Who decides on recognition"), "TT 124/2021/TT-BCA, Điều 10 khoản 1"
    ),
    # The district did it in 2021; who does since 01/07/2025 was not seen. Empty: the province's People's Committee.
    "recognition.commune_decided_by": Known(
        "", N_("Who recognises the commune itself"), "TT 124/2021/TT-BCA, Điều 10"
    ),
    "recognition.signer": Known("", N_("Who signs certificates"), "TT 124/2021/TT-BCA, Điều 10 khoản 1"),
    "recognition.signer_post": Known("CHỦ TỊCH", N_("Post of who signs certificates")),
    "steering_committee": Known("", N_("Name of the steering committee")),
    # By "<unit kind>.<step>" of the yearly process, as month and day; what is not named here is as the process ships it.
    "deadlines": Known({}, N_("Deadlines set by the office"), entry=month_day),
    # What the police's own reports use is not known; these are the State's (15/12 to 14/12).
    "report.cut_off_day": Known(
        15, N_("Day of the month on which reporting periods begin"), least=1, most=28
    ),
    "report.cut_off_months_before": Known(1, N_("Months by which reporting periods begin earlier"), most=1),
    # A yearly norm a model and commune; what else pays for a model only makes it worth a look.
    "models.budget_norm_vnd": Known(
        20_000_000, N_("Yearly norm of money for a model (đồng)"), "TT 40/2023/TT-BTC", most=1_000_000_000
    ),
    _SCALE: Known("tot-trung-binh-yeu", N_("Scale by which models are rated")),
    "models.idle_months": Known(
        6, N_("Months without activity until a model is only on paper"), least=1, most=60
    ),
    "models.remove_years": Known(
        2, N_("Years without activity until a model is one to remove"), least=1, most=20
    ),
    # The id of the laptop; empty as long as one alone works for the commune. No two may give out numbers.
    "register.laptop": Known("", N_("Laptop that keeps the register of certificates")),
    "alarm.amber_days": Known(7, N_("Days until unsent rows turn amber"), least=1, most=365),
    "alarm.red_days": Known(30, N_("Days until unsent rows turn red"), least=1, most=365),
    "backup.every_minutes": Known(
        30, N_("Minutes of work between two backups made by themselves"), least=5, most=480
    ),
}


#: What each laptop of a commune keeps for itself: another officer sits at the other one, and may work in another year.
_OF_LAPTOP = frozenset({"officer", "working_year"})


class UnknownSetting(BadInput):
    code = "unknown-setting"
    sentence = N_("There is no setting «{name}». Look at the page of settings for the names.")


class SettingDoesNotFit(BadInput):
    code = "setting-does-not-fit"
    sentence = N_("«{value}» does not fit the setting «{name}». Type a value like the one it had.")


def setting(work: Reading, name: str) -> Any:  # noqa: ANN401 - a setting may be a text, a number or a mapping
    """Return the value of ``name`` inside an open view, its default when it was never set."""
    own: Any = work.local(_local(name), None) if name in _OF_LAPTOP else None
    if own is not None:
        return own
    found = work.find(Setting, name)
    return found.value if found else KNOWN[name].default


def put(work: Writing, name: str, value: object) -> None:
    """Keep the value of ``name`` inside an open transaction. Raises UnknownSetting, SettingDoesNotFit."""
    if name not in KNOWN:
        raise UnknownSetting(name=name)
    value = _cleaned(value)
    if not _fits(KNOWN[name], value):
        raise SettingDoesNotFit(name=name, value=str(value))
    old = work.find(Setting, name)
    if name in _OF_LAPTOP:
        work.keep_local(_local(name), value)
        work.touch("settings")
    if name == "working_year" and old is not None:
        return  # nobody else asks in which year this laptop works
    version = old.version if old else {}
    work.save(Setting(id=name, unit_code=work.unit_code, value=value, version=version))


def _local(name: str) -> str:
    return f"setting.{name}"


def _cleaned(value: object) -> object:
    if isinstance(value, dict):
        return {name: _cleaned(part) for name, part in value.items()}
    return clean(value) if isinstance(value, str) else value


def _fits(known: Known, value: Any) -> bool:  # noqa: ANN401 - a setting may be a text, a number or a mapping
    if type(value) is not type(known.default):
        return False
    if isinstance(value, dict) and known.entry is not None:
        return all(_holds(known.entry, part) for part in value.values())
    if isinstance(value, dict):
        return value.keys() == known.default.keys() and all(isinstance(part, str) for part in value.values())
    if isinstance(value, str) and known.entry is not None:
        return _holds(known.entry, value)
    return not isinstance(value, int) or known.least <= value <= known.most


def _holds(entry: Callable[[str], object], part: object) -> bool:
    try:
        entry(part if isinstance(part, str) else "")
    except ValueError:
        return False
    return True


class Settings:
    """Reads and changes the settings of the open workspace."""

    def __init__(self, store: Store, user: str, catalogues: Catalogues) -> None:
        self._store = store
        self._user = user
        self._catalogues = catalogues

    def get(self, name: str) -> Any:  # noqa: ANN401 - a setting may be a text, a number or a mapping
        with self._store.reading() as work:
            return setting(work, name)

    def all(self) -> dict[str, Any]:
        """Return every known setting with its value."""
        with self._store.reading() as work:
            kept = {row.id: row.value for row in work.all(Setting)}
            kept |= {name: setting(work, name) for name in _OF_LAPTOP}
        return {name: kept.get(name, known.default) for name, known in KNOWN.items()}

    def put(self, name: str, value: object) -> Changes:
        return self.put_all({name: value})

    def put_all(self, values: dict[str, object]) -> Changes:
        """Keep several values as one action. Raises UnknownSetting, SettingDoesNotFit."""
        scale = values.get(_SCALE)
        if scale is not None and scale not in self._catalogues.ratings.scales:
            raise SettingDoesNotFit(name=_SCALE, value=str(scale))
        with self._store.writing(self._user) as work:
            for name, value in values.items():
                put(work, name, value)
            return work.commit()

"""The step that asks who works here, for which year, and who takes the bundles in."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.first_start.answers import Answers
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.scrolled import scrolling_column
from antq_desktop.ui.widgets.wizard import Step

FIRST_YEAR, LAST_YEAR = 2022, 2099


class OfficerStep(Step):
    """What a commune's receiving unit is called is suggested from its province."""

    def __init__(self, answers: Answers, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Officer and year"), "", parent)
        self._answers = answers
        self._suggested = ""
        self.form = Form(
            (
                Field(
                    "receiving_unit",
                    _("Receiving unit (upper level)"),
                    hint=_("It takes the bundles of this commune in; it can be corrected later."),
                ),
                Field("officer", _("Officer's name"), required=True, pair=True),
                Field("rank", _("Rank"), hint=_("As it stands on papers, for example «Đại úy».")),
                Field("year", _("Working year"), kind="year", required=True, width=120, check=_year_fault),
            ),
            desk,
        )
        self.form.show_record("", {"year": desk.year})
        self.form.editing.connect(self.readiness_changed)
        column = scrolling_column(self)
        column.setContentsMargins(0, 8, 4, 0)
        column.addWidget(self.form)

    def enter(self) -> None:
        commune = self._answers.commune if self._answers.role == "commune" else None
        box = self.form.boxes["receiving_unit"]
        box.setVisible(commune is not None)
        if commune is not None and box.typed() in {"", self._suggested}:
            self._suggested = _receiving_unit(commune.province_name)
            box.set_value(self._suggested)
        self.form.boxes["officer"].input.setFocus()

    def is_ready(self) -> bool:
        return bool(self.form.boxes["officer"].typed()) and not self.form.boxes["year"].fault()

    def proceed(self, go_on: Callable[[], None]) -> None:
        if not self.form.check():
            self.stayed.emit()
            return
        values = self.form.values()
        self._answers.values |= {name: str(values[name]) for name in ("receiving_unit", "officer", "rank")}
        self._answers.year = int(str(values["year"]))
        go_on()


def _receiving_unit(province: str) -> str:
    from antq_desktop.services.first_start import receiving_unit_of

    return receiving_unit_of(province)


def _year_fault(text: str) -> str:
    if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return ""
    return _("Type a year from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR)

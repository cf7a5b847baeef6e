"""The chosen activity beside the list: its form and files, its copies for other models, and why it is deleted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.activities.activity_form import ActivityForm
from antq_desktop.ui.pages.activities.copy_box import CopyBox
from antq_desktop.ui.pages.activities.files_box import FilesBox
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form


class ActivitySide(QWidget):
    """``save_asked`` by the button, ``next_asked`` on Enter in the last field, ``delete_asked`` with the reason.

    ``copy_asked`` when its copies are to be shown. ``buttons`` stand at the foot of the panel.
    """

    save_asked = Signal()
    next_asked = Signal()
    copy_asked = Signal()
    delete_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.form = ActivityForm(desk.services.catalogues.activities, desk)
        self.form.finished.connect(self.next_asked)
        self.files = FilesBox(desk)
        self.copies = CopyBox(desk)
        self.copies.left.connect(self.show_form)
        self.why = Form([Field("reason", _("Why is it deleted?"), required=True)], desk)
        self.why.finished.connect(self._delete)
        self._whole, self._deleting = QWidget(), QWidget()
        self._panels = Panels(self._whole, self.copies, self._deleting)
        self.save_button = button(_("Save"), self.save_asked.emit, icon="save", kind="main")
        self.copy_button = button(_("Copy…"), self.copy_asked.emit)
        self.delete_button = button(_("Delete…"), self._ask_why, icon="delete")
        self.sure_button = button(_("Delete"), self._delete, icon="delete", kind="danger")
        self.stay_button = button(_("Do not delete"), self.show_form)
        for made in self.buttons[1:]:
            # Shown only once the page has put them into the foot of its panel.
            made.hide()
        self._lay_out()
        self._panels.show_only(self._whole)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.save_button,
            self.copy_button,
            self.delete_button,
            self.sure_button,
            self.stay_button,
        )

    @property
    def shows_form(self) -> bool:
        return self._panels.current is self._whole

    def show_activity(self, activity_id: str) -> None:
        """Show an activity with its files, form first; one that is not saved yet has neither files nor copies.

        The same one again, as after a change to the list, keeps what is open.
        """
        again = bool(activity_id) and activity_id == self._shown
        self._shown = activity_id
        if not again:
            self.files.show_activity(activity_id)
            self.show_form()

    def show_form(self) -> None:
        self._show(self._whole, self.save_button)
        for made in (self.copy_button, self.delete_button):
            made.setVisible(bool(self._shown))

    def show_copies(self) -> None:
        self._show(self.copies)

    def _ask_why(self) -> None:
        self.why.show_record("delete/activity", {})
        self._show(self._deleting, self.sure_button, self.stay_button)
        self.why.focus_first()

    def _delete(self) -> None:
        if self.why.check():
            self.delete_asked.emit(str(self.why.values()["reason"]))

    def _show(self, panel: QWidget, *shown: QPushButton) -> None:
        self._panels.show_only(panel)
        for made in self.buttons:
            made.setVisible(made in shown)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(self.form)
        whole.addWidget(self.files)
        deleting = QVBoxLayout(self._deleting)
        deleting.setContentsMargins(0, 0, 0, 0)
        deleting.addWidget(
            label(
                _("The activity leaves all lists and counts. The journal keeps what it said."),
                "muted",
                wrap=True,
            )
        )
        deleting.addWidget(self.why)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panels)
        column.addStretch()

"""Asks for a new passphrase twice and says at once how hard it is to guess."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from antq_desktop.domain.passphrases import Strength, strength
from antq_desktop.runtime.language import _
from antq_desktop.ui.widgets.buttons import label, restyle
from antq_desktop.ui.widgets.text_field import TextField

_ROLES = {
    Strength.TOO_SHORT: "fault",
    Strength.WEAK: "warning",
    Strength.FAIR: "hint",
    Strength.STRONG: "good",
}


class NewPassphrase(QWidget):
    """``changed`` on every key; ``finished`` on Enter once both agree."""

    changed = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = _secret(_("New passphrase"))
        self.second = _secret(_("New passphrase once more"))
        self._shown = QCheckBox(_("Show what is typed"))
        self._says = label("", "hint", wrap=True)
        self._agrees = label("", "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for word, field, under in (
            (_("New passphrase"), self.first, self._says),
            (_("New passphrase once more"), self.second, self._agrees),
        ):
            column.addWidget(label(word, "strong"))
            column.addWidget(field)
            column.addWidget(under)
            column.addSpacing(8)
        column.addWidget(self._shown)
        self._shown.toggled.connect(self._show)
        for field in (self.first, self.second):
            field.textChanged.connect(self._look)
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self._finish)
        self._look()

    def passphrase(self) -> str:
        return self.first.text()

    def is_ready(self) -> bool:
        """Tell whether it is long enough and was typed twice alike."""
        return (
            strength(self.first.text()) is not Strength.TOO_SHORT and self.first.text() == self.second.text()
        )

    def clear(self) -> None:
        self.first.clear()
        self.second.clear()

    def said(self) -> tuple[str, str]:
        """Return the sentences under both fields."""
        return self._says.text(), self._agrees.text()

    def _look(self) -> None:
        first, second = self.first.text(), self.second.text()
        found = strength(first)
        self._says.setText(
            _(found.value) if first else _("At least 8 signs; a sentence that only you know is best.")
        )
        restyle(self._says, role=_ROLES[found] if first else "hint")
        unlike = bool(second) and not first.startswith(second)
        alike = bool(second) and first == second
        self._agrees.setText(
            _("The two are not alike.")
            if unlike
            else _("Both are alike.")
            if alike
            else _("Type the same once more.")
        )
        restyle(self._agrees, role="fault" if unlike else "good" if alike else "hint")
        self.changed.emit()

    def _show(self, shown: bool) -> None:
        mode = TextField.EchoMode.Normal if shown else TextField.EchoMode.Password
        for field in (self.first, self.second):
            field.setEchoMode(mode)

    def _finish(self) -> None:
        if self.is_ready():
            self.finished.emit()


def _secret(name: str) -> TextField:
    field = TextField(name)
    field.setEchoMode(TextField.EchoMode.Password)
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
    return field

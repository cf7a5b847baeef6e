"""The section that replaces the passphrase; the data itself is not written anew."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.new_passphrase import NewPassphrase
from antq_desktop.ui.widgets.text_field import TextField


class PassphraseSection(QWidget):
    """Asks for the old one, then for the new one twice."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.old = TextField(_("Passphrase of today"))
        self.old.setEchoMode(TextField.EchoMode.Password)
        self.new = NewPassphrase()
        self._banner = Banner()
        self._save = button(_("Change the passphrase"), self.save, icon="key", kind="main")
        self.old.entered.connect(self.new.first.setFocus)
        self.old.textChanged.connect(lambda _text: self._look())
        self.new.changed.connect(self._look)
        self.new.finished.connect(self.save)
        foot = QHBoxLayout()
        foot.addWidget(self._save)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Passphrase"), "section"))
        column.addWidget(
            label(
                _(
                    "The recovery key on its sheet goes on working. Backups made before still open with the old passphrase."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addWidget(self._banner)
        column.addWidget(label(_("Passphrase of today"), "strong"))
        column.addWidget(self.old)
        column.addWidget(self.new)
        column.addLayout(foot)
        column.addStretch()
        self._look()

    def said(self) -> str:
        return self._banner.text()

    def save(self) -> None:
        if not self._save.isEnabled():
            return
        old, new = self.old.text(), self.new.passphrase()
        self._save.setEnabled(False)
        self._banner.clear()
        accounts = self._desk.services.accounts
        self._desk.run(
            lambda _progress: accounts.change_passphrase(old, new), self._saved, self._refuse, owner=self
        )

    def forget(self) -> None:
        """Drop what was typed: a passphrase is never kept as a draft."""
        self.old.clear()
        self.new.clear()
        self._banner.clear()

    def _saved(self, _nothing: object) -> None:
        self.forget()
        self._banner.say(State.GOOD, _("From now on the workspace opens with the new passphrase."))

    def _refuse(self, failure: KnownFailure) -> None:
        self._banner.say(State.BAD, sentence(failure))
        self._look()
        self.old.setFocus()

    def _look(self) -> None:
        self._save.setEnabled(bool(self.old.text()) and self.new.is_ready())

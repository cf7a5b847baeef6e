"""The section on the program itself: version, where the data lies, what it is built with."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from antq_desktop import __version__
from antq_desktop.runtime.language import _
from antq_desktop.ui.widgets.buttons import label


class AboutSection(QWidget):
    def __init__(self, unit_code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        facts = QFormLayout()
        facts.setHorizontalSpacing(24)
        facts.setVerticalSpacing(8)
        facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for word, value in (
            (_("Program"), _("Security of the commune")),
            (_("Version"), __version__),
            (_("Unit code"), unit_code),
            (_("Built with"), f"Qt {qVersion()}, SQLCipher, PySide6 (LGPL 3)"),
        ):
            text = label(value, "strong", wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            facts.addRow(label(word, "muted"), text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("About"), "section"))
        column.addLayout(facts)
        column.addSpacing(8)
        column.addWidget(
            label(
                _(
                    "The program works without a network and sends nothing by itself. Data leaves this laptop only as a sealed "
                    "bundle on a stick, a printed paper, a spreadsheet or a backup that you ask for."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addStretch()

"""The input that fits what an item asks for."""

from antq_desktop.domain.criteria import Item
from antq_desktop.runtime.language import _
from antq_desktop.ui.pages.assessments.yes_no import YesNo
from antq_desktop.ui.widgets.date_edit import DateEdit
from antq_desktop.ui.widgets.text_field import TextField

_WIDTH = 180

Input = YesNo | DateEdit | TextField


def answer_input(item: Item, year: int) -> Input:
    """Return an empty input; ``year`` completes days that are typed short."""
    match item.answer:
        case "yes_no":
            return YesNo(item.wording)
        case "date":
            made: TextField = DateEdit(item.wording, year)
        case "share":
            made = TextField(item.wording)
            made.setPlaceholderText(_("part/whole, as 38/40"))
        case "count":
            made = TextField(item.wording)
            made.setPlaceholderText(_("a number"))
        case "document":
            made = TextField(item.wording)
            made.setPlaceholderText(_("number of the document"))
    made.setMaximumWidth(_WIDTH)
    return made

"""Says in words when a criterion holds, so that nobody has to read the data to know what the program decides by."""

from datetime import date

from antq_desktop.domain.criteria import Status
from antq_desktop.domain.rule_trees import AllOf, NoneOf, SomeOf, Tree
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, Present, Rule, ShareAtLeast, Within
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.theme import State

_PER_CENT = 100
#: How sure the text of a statement is.
STATUS_NAMES: dict[Status, str] = {
    "seen": N_("text seen"),
    "press": N_("from the press"),
    "inferred": N_("inferred"),
    "unknown": N_("official text not seen"),
}


def status_word(status: Status) -> str:
    word = _(STATUS_NAMES[status])
    return word[:1].upper() + word[1:]


def status_state(status: Status) -> State:
    return State.GOOD if status == "seen" else State.LOOK


def rule_words(rule: Rule) -> str:  # noqa: PLR0911 - one sentence a rule
    """Return when an answer meets the rule of its item."""
    match rule:
        case Expected(yes=True):
            return _("The answer is yes.")
        case Expected():
            return _("The answer is no.")
        case AtLeast(count):
            return _("At least {count}.", count=written.number(count))
        case AtMost(0):
            return _("Not a single one.")
        case AtMost(count):
            return _("At most {count}.", count=written.number(count))
        case ShareAtLeast(part, whole) if whole == _PER_CENT:
            return _("At least {percent} %, compared exactly, never rounded up.", percent=part)
        case ShareAtLeast(part, whole):
            return _("At least {part}/{whole}, compared exactly.", part=part, whole=whole)
        case Within(first, last):
            return _("A day from {first} to {last} of the year.", first=_day(first), last=_day(last))
        case Present():
            return _("The number of a document is given.")


def tree_words(tree: Tree) -> str:
    """Return how the parts of a group or clause hold together."""
    match tree:
        case AllOf():
            return _("All of these are needed.")
        case NoneOf():
            return _("None of these may have happened.")
        case SomeOf(1):
            return _("One of these is enough.")
        case SomeOf(count):
            return _("{count} of these are enough.", count=count)


def _day(month_day: tuple[int, int]) -> str:
    month, day = month_day
    return f"{date(2000, month, day):%d/%m}"

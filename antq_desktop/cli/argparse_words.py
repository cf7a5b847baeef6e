"""Says argparse's own words in the chosen language: it offers no other door than the name it imports gettext under."""

import argparse

from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _

WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
)


def translate() -> None:
    """Let argparse say WORDS through this program's catalogue from now on; other words of it stay English."""
    argparse._ = _  # type: ignore[attr-defined]

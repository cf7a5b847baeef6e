"""The options that every command has, and how words on the command line become dates and files."""

from argparse import SUPPRESS, Action, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn, Protocol

from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _

Command = Callable[[Namespace, Console], Exit]


class Parsers(Protocol):
    """What argparse gives for adding commands."""

    def add_parser(self, name: str, *, help: str) -> "Parser": ...  # noqa: A002 - argparse's own word


class Parser(ArgumentParser):
    """A parser that knows the common options, refuses abbreviations and says what is wrong in one sentence."""

    def __init__(self, *args: object, **more: object) -> None:
        more["allow_abbrev"] = False
        super().__init__(*args, **more)  # type: ignore[arg-type]  # handed through as they come
        common = self.add_argument_group(_("common options"))
        common.add_argument("--data", type=Path, default=SUPPRESS, help=_("folder of the workspace"))
        common.add_argument(
            "--json", action="store_true", default=SUPPRESS, help=_("answer as one JSON document")
        )
        common.add_argument(
            "--lang", choices=("vi", "en"), default=SUPPRESS, help=_("language of the messages")
        )

    def does(self, command: Command) -> "Parser":
        """Say what runs when this command is given."""
        self.set_defaults(command=command, parser=self)
        return self

    def takes(self, *names: str, **more: object) -> Action:
        """Add an argument. Its help is a plain sentence; argparse takes a bare per cent sign for a place to fill."""
        if isinstance(sentence := more.get("help"), str):
            more["help"] = sentence.replace("%", "%%")
        return self.add_argument(*names, **more)  # type: ignore[arg-type]  # handed through as they come

    def group(self) -> Parsers:
        """Make this a group of commands."""
        return self.add_subparsers(required=True, metavar=_("COMMAND"), parser_class=Parser)

    def error(self, message: str) -> NoReturn:
        Console.say(
            _("The command is not right: {why}. See «{program} --help».", why=message, program=self.prog)
        )
        raise SystemExit(Exit.WRONG_USE)


def day(text: str) -> date:
    """Read a date typed as 14/03/2026 or 2026-03-14."""
    try:
        if "/" in text:
            d, m, y = (int(part) for part in text.split("/"))
            return date(y, m, d)
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("«{text}» is no date; type it as 14/03/2026", text=text)) from error


def new_file(text: str) -> Path:
    """Read the name of a file to write; its folder has to be there, because a slip of the key makes no folders."""
    path = Path(text)
    if not path.absolute().parent.exists():
        raise ArgumentTypeError(
            _("there is no folder «{folder}»; make it first, or correct the name", folder=path.parent)
        )
    return path


def unit_count(text: str) -> tuple[str, int]:
    """Read a count typed as buoi=2: the id of a unit and a whole number."""
    unit, _sign, number = text.partition("=")
    try:
        return unit, int(number)
    except ValueError as error:
        raise ArgumentTypeError(
            _(
                "«{text}» is no count; type a whole number as buoi=2, and 1,5 kg as kg=1 and gam=500",
                text=text,
            )
        ) from error

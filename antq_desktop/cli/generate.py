"""The command that fills a new workspace with an invented commune, for training and measurements."""

import time
from argparse import Namespace

from antq_desktop.cli.arguments import Parsers
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _


def add(parsers: Parsers) -> None:
    """Add the command."""
    generate = parsers.add_parser(
        "generate", help=_("fill a new, empty workspace (made by «antq init») with an invented commune")
    ).does(_generate)
    generate.takes("--households", type=int, default=1000, help=_("how many households"))
    generate.takes("--years", type=int, default=2, help=_("how many years, the last is the working year"))
    generate.takes("--seed", type=int, default=1, help=_("the same number gives the same commune"))


def _generate(options: Namespace, console: Console) -> Exit:
    started = time.monotonic()
    with console.workspace() as application:
        made = application.generated_commune.make(
            options.households, options.years, options.seed, console.progress()
        )
    seconds = round(time.monotonic() - started, 1)
    console.tell(
        {
            "years": list(made.years),
            "until": made.until.isoformat(),
            "records": dict(made.records),
            "seconds": seconds,
        },
        _(
            "Invented: {households} households, {all} records of the years {first} to {last}, told until {until}. Nobody in it is real.",
            households=made.records["households"],
            all=sum(made.records.values()),
            first=made.years[0],
            last=made.years[-1],
            until=f"{made.until:%d/%m/%Y}",
        ),
    )
    return Exit.DONE

"""Commands on printed certificates: check the code of one, typed in or from a picture, without a network."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from antq_desktop.cli.arguments import Parsers
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _
from antq_desktop.services.verifying import CertificateCheck


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("certificate", help=_("printed certificates")).group()
    verify = group.add_parser("verify", help=_("check the code of a certificate")).does(_verify)
    what = verify.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "text", nargs="?", default=None, metavar=_("TEXT"), help=_("what a scanner read from the code")
    )
    what.add_argument(
        "--file", type=Path, metavar=_("PICTURE"), help=_("photograph or scan (PNG, JPG) or PDF of papers")
    )


def _verify(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        verifying = application.verifying
        texts = (
            [options.text] if options.file is None else verifying.codes_in(options.file, console.progress())
        )
        checks = verifying.check_all(texts)
    console.tell(
        {"certificates": [_told(check) for check in checks]},
        *(" ".join(filter(None, (check.sentence, check.remark))) for check in checks),
    )
    return max(check.exit_code for check in checks)


def _told(check: CertificateCheck) -> dict[str, Any]:
    facts = check.facts
    return {
        "state": check.state,
        "code": check.code,
        "sentence": check.sentence,
        "remark": check.remark,
        "facts": {**asdict(facts), "issued_on": facts.issued_on.isoformat()} if facts else None,
        "signed_by": check.signed_by,
        "withdrawn_on": check.withdrawn_on.isoformat() if check.withdrawn_on else None,
        "reason": check.reason,
        "valid_now": check.valid_now,
    }

"""Commands on printed certificates: check the code of one, typed in or from a picture, without a network."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.assessed import unit_key
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import Exit, NotFound
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.verifying import CertificateCheck
from antq_desktop.storage.queries.register import RegisterRow


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
    group.add_parser("keep-register", help=_("give out the numbers of certificates on this laptop")).does(
        _keep_register
    )
    listed = group.add_parser("list", help=_("the register of certificates of a year")).does(_list)
    listed.takes("--year", type=int, default=None)
    withdraw = group.add_parser("withdraw", help=_("withdraw a certificate; its number stays taken")).does(
        _withdraw
    )
    withdraw.takes("certificate", metavar=_("NUMBER"), help=_("number, or name or id of the unit"))
    withdraw.takes("--on", type=day, required=True, metavar=_("DATE"))
    withdraw.takes("--reason", required=True)
    withdraw.takes("--year", type=int, default=None)


def _keep_register(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.laptops.keep_register()
        keeper = application.laptops.register()
    console.tell(
        {"device": keeper.device_id},
        _("This laptop keeps the register of certificates; the other one learns of it with the next bundle."),
    )
    return Exit.DONE


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.recognitions.register(options.year)
    told = [
        {
            **asdict(row),
            "number": row.number_text,
            "decision_date": row.decision_date.isoformat(),
            "issued_on": row.issued_on.isoformat(),
            "withdrawn_on": row.withdrawn_on.isoformat() if row.withdrawn_on else None,
        }
        for row in rows
    ]
    console.tell(
        told,
        *(
            f"{row.number_text} · {row.unit_name} · {row.decision_number} · {row.issued_on:%d/%m/%Y}"
            + (f" · {_withdrawal(row)}" if row.withdrawn_on else "")
            for row in rows
        ),
    )
    return Exit.DONE


def _withdrawal(row: RegisterRow) -> str:
    return _("withdrawn on {day}: {why}", day=f"{row.withdrawn_on:%d/%m/%Y}", why=row.withdrawn_reason or "")


def _withdraw(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        year = options.year or application.session.year
        row = _meant(application, options.certificate, year)
        written = application.recognitions.withdraw(row.certificate_id, options.on, options.reason)
    console.tell(
        {"certificate": written.record.id, "number": row.number_text, "unit": row.unit_name},
        _("The certificate {number} of «{unit}» is withdrawn.", number=row.number_text, unit=row.unit_name),
    )
    return Exit.DONE


def _meant(application: Application, named: str, year: int) -> RegisterRow:
    """Return the certificate with this number, else the valid one of this unit. Raises NotFound."""
    rows = application.recognitions.register(year)
    by_number = [row for row in rows if named in (row.number_text, str(row.number))]
    if by_number:
        return by_number[0]
    key = unit_key(application, named, year)
    for row in rows:
        if (row.unit_kind, row.unit_id) == (key.kind, key.id) and row.withdrawn_on is None:
            return row
    raise NotFound(what=named)


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

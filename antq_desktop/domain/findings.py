"""What a check says about a record: an error keeps it from being saved, a warning only asks the officer to look."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one field. ``message`` is a message id; ``facts`` fill its named places."""

    field: str
    code: str
    message: str
    facts: Mapping[str, object] = default(default_factory=dict)
    severity: Severity = "error"


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return those that keep a record from being saved."""
    return tuple(finding for finding in findings if finding.severity == "error")


def warnings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return those that the officer may set aside."""
    return tuple(finding for finding in findings if finding.severity == "warning")

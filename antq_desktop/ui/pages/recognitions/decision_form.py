"""The fields of a decision of recognition, with the law behind each name that a setting offers."""

from collections.abc import Mapping
from typing import Any

from antq_desktop.runtime.language import _
from antq_desktop.services.settings import KNOWN
from antq_desktop.ui.widgets.field import Field

_OFFERED = {
    "decided_by": "recognition.decided_by",
    "signer": "recognition.signer",
    "signer_post": "recognition.signer_post",
}


def fields() -> list[Field]:
    return [
        Field("decision_number", _("Decision number"), required=True, hint=_("As 412/QĐ-UBND")),
        Field("decision_date", _("Date of the decision"), kind="date", required=True, width=160),
        Field("decided_by", _("Decided by"), hint=_basis("decided_by")),
        Field("signer", _("Signer of the certificate"), hint=_basis("signer")),
        Field("signer_post", _("Post of the signer"), hint=_basis("signer_post")),
    ]


def offered(settings: Mapping[str, Any]) -> dict[str, object]:
    """Return what the settings offer for a new decision."""
    return {name: settings[key] for name, key in _OFFERED.items()}


def _basis(name: str) -> str:
    basis = KNOWN[_OFFERED[name]].basis
    if basis:
        return _("Offered by the settings; legal basis: {basis}", basis=basis)
    return _("Offered by the settings")

"""Says in the details of a model how a deed went: under the field that is meant, else in the part's own line."""

from collections.abc import Iterable
from functools import partial

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.findings import Finding
from antq_desktop.runtime.language import sentence
from antq_desktop.services.results import Invalid, remark
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.form import Form


def tell_refusal(banner: Banner, form: Form | None, failure: KnownFailure) -> None:
    """Say why something was not kept, and go to the first field that is meant."""
    if not isinstance(failure, Invalid):
        banner.say(State.BAD, sentence(failure))
        return
    known = form.boxes if form is not None else {}
    if form is not None:
        form.say_findings(failure.findings)
    hidden = [found for found in failure.findings if found.field not in known]
    if hidden:
        banner.say(State.BAD, " ".join(remark(found) for found in hidden))
    else:
        known[failure.findings[0].field].input.setFocus()


def tell_warnings(banner: Banner, warnings: Iterable[Finding]) -> None:
    """Say what deserves a look although it was kept; nothing where there is nothing."""
    told = " ".join(remark(found) for found in warnings)
    if told:
        banner.say(State.LOOK, told)
    else:
        banner.clear()


def refusing(banner: Banner, form: Form | None = None) -> partial[None]:
    return partial(tell_refusal, banner, form)

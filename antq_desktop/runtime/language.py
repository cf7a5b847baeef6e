"""Speaks to people: English message ids in the code, Vietnamese from ``resources/i18n/vi/*.po``.

Vietnamese is what is shown unless somebody asks for English. The choice belongs to the process, as in gettext.
"""

from functools import lru_cache

import polib

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.resources import RESOURCES

_chosen = "vi"


def choose(language: str) -> None:
    """Speak ``"vi"`` or ``"en"`` from now on."""
    global _chosen  # noqa: PLW0603 - the language is a property of the process, as in gettext itself
    _chosen = language


def _(message: str, **facts: object) -> str:
    """Return ``message`` in the chosen language with its named places filled from ``facts``."""
    text = message if _chosen == "en" else _catalogue(_chosen).get(message, message)
    return text.format(**facts) if facts else text


def sentence(failure: KnownFailure) -> str:
    """Return what to show for a known failure: what happened, why, what to do next."""
    return _(
        failure.sentence, **{name: _(v) if isinstance(v, str) else v for name, v in failure.facts.items()}
    )


@lru_cache(maxsize=2)
def _catalogue(language: str) -> dict[str, str]:
    entries: dict[str, str] = {}
    for path in sorted((RESOURCES / "i18n" / language).glob("*.po")):
        entries.update({e.msgid: e.msgstr for e in polib.pofile(str(path)) if e.msgstr and not e.obsolete})
    return entries

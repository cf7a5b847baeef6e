"""Says something on a page so that it is seen, also where a narrow window lets the details cover the page."""

from collections.abc import Callable

from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.page import Page


def say(page: Page, state: State, text: str, way: tuple[str, Callable[[], object]] | None = None) -> None:
    """Say ``text`` in the banner of ``page``; details that cover it are closed, what was typed there is kept."""
    page.banner.say(state, text, way)
    if page.isVisible() and not page.banner.isVisible():
        page.hide_details()

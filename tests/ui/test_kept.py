"""Small values are kept between runs, written soon and not at every key."""

import json

from pytestqt.qtbot import QtBot

from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.kept import Kept


def test_is_written_once_for_many_changes_and_read_again(lane: Lane, qtbot: QtBot) -> None:
    written: list[str] = []
    kept = Kept("", written.append, lane)
    for number in range(20):
        kept.put("draft/household/1", {"head": f"Bùi {number}"})
    qtbot.waitUntil(lambda: len(written) == 1)
    assert Kept(written[0], written.append, lane).get("draft/household/1") == {"head": "Bùi 19"}


def test_a_dropped_value_is_gone_from_the_store(lane: Lane) -> None:
    written: list[str] = []
    kept = Kept('{"a": 1, "b": 2}', written.append, lane)
    kept.drop("a")
    kept.flush()
    lane.wait_idle()
    assert json.loads(written[-1]) == {"b": 2}
    assert kept.get("a", "nothing") == "nothing"


def test_a_damaged_store_begins_anew(lane: Lane) -> None:
    assert Kept("{half", lambda _text: None, lane).keys() == ()
    assert Kept("[1]", lambda _text: None, lane).keys() == ()

"""A stick is found, chosen, and no longer chosen once it is gone; files on it are told by what they claim."""

from collections.abc import Callable
from pathlib import Path

import pytest

from antq_desktop.services.application import Application
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages import stick_files, sticks
from antq_desktop.ui.pages.sticks import Stick, StickChooser

Plug = Callable[..., None]


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Plug:
    """Return what decides which sticks the system has."""

    def plugged(*folders: Path) -> None:
        found = [Stick(folder, folder.name, 3_200_000_000) for folder in folders]
        monkeypatch.setattr(sticks, "plugged_in", lambda: list(found))

    plugged()
    return plugged


@pytest.fixture
def chooser(desk: Desk, plug: Plug, in_sight: Callable[..., None]) -> StickChooser:
    made = StickChooser(desk)
    in_sight(made, 600, 60)
    return made


def test_a_stick_that_is_plugged_in_is_chosen_by_itself_and_let_go_when_it_is_gone(
    chooser: StickChooser, plug: Plug, tmp_path: Path
) -> None:
    told: list[Path | None] = []
    chooser.changed.connect(told.append)
    assert chooser.folder() is None
    assert chooser._nothing.isVisible()
    plug(tmp_path / "KINGSTON")
    chooser.look()
    assert chooser.folder() == tmp_path / "KINGSTON"
    assert chooser._choice.currentText() == "KINGSTON – còn trống 3.200 MB"
    plug()
    chooser.look()
    chooser.look()
    assert told == [tmp_path / "KINGSTON", None]


def test_a_second_stick_does_not_take_the_choice_away(
    chooser: StickChooser, plug: Plug, tmp_path: Path
) -> None:
    plug(tmp_path / "b")
    chooser.look()
    plug(tmp_path / "a", tmp_path / "b")
    chooser.look()
    assert chooser.folder() == tmp_path / "b"


def test_a_folder_chosen_by_hand_is_offered_next_time_while_it_is_there(
    chooser: StickChooser, desk: Desk, tmp_path: Path
) -> None:
    chooser.set_folder(tmp_path)
    assert StickChooser(desk).folder() == tmp_path
    chooser.set_folder(tmp_path / "gone")
    assert StickChooser(desk).folder() is None


def test_the_system_is_asked_without_a_failure() -> None:
    assert all(isinstance(stick, Stick) for stick in sticks.plugged_in())
    assert sticks._removable("/media/an/KINGSTON")
    assert not sticks._removable("/home")
    assert not sticks._removable("/mnt/system/part/of/it")


def test_files_are_told_by_what_they_claim_and_strange_ones_passed_over(
    commune: Application, tmp_path: Path
) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    made = commune.sending.enrolment_request(folder)
    (folder / "la.antq").write_bytes(b"strange")
    (folder / "notes.txt").write_text("x")
    (found,) = stick_files.found(folder, {"enrol"})
    assert (found.path, found.kind, found.sender, found.recipient) == (made.path, "enrol", "04978", "")
    assert stick_files.found(folder, {"bundle"}) == []
    assert stick_files.found(tmp_path / "no stick", {"enrol"}) == []

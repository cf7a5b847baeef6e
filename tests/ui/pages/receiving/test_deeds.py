"""What is said of each verdict, with its state, the next step, and where its answer lies."""

from pathlib import Path

import pytest

from antq_desktop.services.application import Application
from antq_desktop.ui.pages.receiving import deeds, file_rows
from antq_desktop.ui.pages.receiving.deeds import FileRow
from antq_desktop.ui.theme import State


def row(verdict: str = "taken", code: str = "all-new", **more: object) -> FileRow:
    facts: dict[str, object] = {
        "id": 1,
        "file": "goi.antq",
        "folder": Path("usb"),
        "unit_code": "04978",
        "unit_name": "Xã Kim Bôi",
        "verdict": verdict,
        "code": code,
        "sentence": "Câu.",
        "new_events": 3,
        "set_aside": 0,
    }
    return FileRow(**facts | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "state", "next_step"),
    [
        (row(answer="xac-nhan.antq"), State.GOOD, "Trả lại USB"),
        (row(), State.GOOD, "Ghi phiếu xác nhận"),
        (row("known", "all-known", answer="x"), State.GOOD, "Trả lại USB"),
        (row(set_aside=1, answer="x"), State.LOOK, "xem lý do"),
        (row(answer_fault="USB đầy."), State.LOOK, "ghi lại phiếu xác nhận"),
        (row(code="state-differs", answer="x"), State.LOOK, "Trả lại USB"),
        (row("held", "gap", answer="x"), State.LOOK, "tự nhận"),
        (row("held", "leap", answer="x"), State.LOOK, "gói đang chờ"),
        (row("refused", "payload-damaged"), State.BAD, "gói mới"),
        (row("refused", "fork"), State.BAD, "Gọi"),
        (row("refused", "key-revoked"), State.LOOK, "xem thu hồi khi nào, vì sao"),
        (row("refused", "request-to-enrol"), State.BAD, "Bấm «Đăng ký máy»"),
        (row("refused", "wrong-kind"), State.BAD, "đúng nơi"),
        (row(is_undoing=True, answer="x"), State.LOOK, "bị lùi về trước"),
        (row("refused", "stick-vanished"), State.BAD, "Cắm lại USB"),
    ],
)
def test_each_verdict_has_its_state_and_says_what_to_do_next(
    shown: FileRow, state: State, next_step: str
) -> None:
    assert shown.state is state
    assert next_step in shown.next_step
    assert file_rows.word(shown)


def test_bad_ones_stand_on_top_then_what_needs_a_look_then_the_newest() -> None:
    from antq_desktop.ui.models.rows import Asked

    rows = [row(id=1), row("held", "gap", id=2), row(id=3), row("refused", "fork", id=4), row(id=5)]
    source = file_rows.source(rows, to_do=False)
    assert [one.id for one in source.fetch(Asked(sort="state"), 0, 10)] == [4, 2, 5, 3, 1]
    assert file_rows.source(rows, to_do=True).count(Asked()) == 2


def test_an_answer_for_a_unit_that_is_not_enrolled_says_why(upper: Application, tmp_path: Path) -> None:
    name, fault = deeds.write_answer(upper.receiving, "00001", tmp_path)
    assert (name, "00001" in fault) == ("", True)


def test_one_answer_is_written_for_all_files_of_a_unit_in_a_folder(
    upper: Application, tmp_path: Path
) -> None:
    rows = deeds.acknowledge(upper.receiving, [row(id=1), row(id=2), row(unit_code="")], tmp_path)
    assert [bool(one.answer_fault) for one in rows] == [True, True, False]

"""What every command has in common: one document out, sentences beside it, a language, an exit code."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.bootstrap import open_workspace, system_clock
from antq_desktop.cli import console, main, workspace
from antq_desktop.domain.errors import Cancelled
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.storage.engine import open_engine
from antq_desktop.storage.key_file import KeyFile

Antq = Callable[..., Any]
PASSPHRASE = "cây đa bến nước 04978"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_common_options_stand_before_or_after_the_command(antq: Antq, filled: Path, place: int) -> None:
    words = ["households", "find", "be"]
    options = ["--data", filled, "--json", "--lang", "en"]
    answer = antq(*words[:place], *options, *words[place:])
    assert answer.code == 0
    assert [row["head"] for row in answer.json] == ["Hà Thị Bé"]
    assert answer.err == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Lệnh chưa đúng: còn thiếu LỆNH. Xem «antq --help».\n"),
        (["bay"], "Lệnh chưa đúng: tham số LỆNH: không có lựa chọn 'bay'"),
        (["households", "find"], "Lệnh chưa đúng: còn thiếu text. Xem «antq households find --help».\n"),
        (["check", "--nhanh"], "Lệnh chưa đúng: không hiểu --nhanh."),
        (["check", "--dat", "x"], "Lệnh chưa đúng: không hiểu --dat x."),
        (["check", "--data"], "Lệnh chưa đúng: tham số --data: cần một giá trị đi kèm."),
        (["figures", "--year", "nay"], "Lệnh chưa đúng: tham số --year: giá trị 'nay' không hợp lệ."),
        (
            ["assess", "Bản Lác", "--finish-on", "31/02/2024"],
            "Lệnh chưa đúng: tham số --finish-on: «31/02/2024» không phải ngày; nhập theo mẫu 14/03/2026.",
        ),
        (["--lang", "en", "bay"], "The command is not right: argument COMMAND: invalid choice: 'bay'"),
    ],
)
def test_a_wrong_command_is_one_sentence_and_exit_2(antq: Antq, words: list[str], said: str) -> None:
    answer = antq(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said)
    assert answer.err.count("\n") == 1


def test_help_speaks_vietnamese_or_english(antq: Antq) -> None:
    vi, en = antq("households", "--help"), antq("households", "--help", "--lang", "en")
    assert (vi.code, en.code) == (0, 0)
    for word in (
        "cách dùng: antq households",
        "tham số:",
        "tùy chọn:",
        "hiện phần trợ giúp này",
        "nhập danh sách",
    ):
        assert word in vi.out
    for word in ("usage: antq households", "options:", "show this help message and exit"):
        assert word in en.out
        assert word not in vi.out


def test_every_command_has_its_help() -> None:
    """A bare per cent sign in a sentence broke one page of help, and nobody had opened it."""
    found = list(_parsers(main._parser()))
    assert len(found) > 100
    for parser in found:
        assert parser.format_help().startswith(("usage: ", "cách dùng: "))


def _parsers(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for under in action.choices.values():
                yield from _parsers(under)


def test_version(antq: Antq) -> None:
    answer = antq("--version")
    assert answer.code == 0
    assert answer.out.startswith("antq 0.")


def test_failures_speak_the_chosen_language(antq: Antq, tmp_path: Path) -> None:
    vi = antq("check", "--data", tmp_path)
    en = antq("check", "--data", tmp_path, "--lang=en")
    assert (vi.code, vi.out) == (en.code, en.out) == (2, "")
    assert vi.err == (
        f"Thư mục «{tmp_path}» chưa có dữ liệu của chương trình. Tạo mới trước, hoặc chọn đúng thư mục.\n"
    )
    assert (
        en.err == f"There is no workspace in «{tmp_path}» yet. Make one first, or choose the right folder.\n"
    )


def test_without_a_passphrase_nothing_asks_where_nobody_sits(
    antq: Antq, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANTQ_PASSPHRASE")
    answer = antq("check", "--data", data)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "Chưa có mật khẩu. Nhập khi được hỏi, hoặc đặt biến ANTQ_PASSPHRASE.\n"


def test_at_a_terminal_a_new_passphrase_is_typed_twice(
    antq: Antq, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter([PASSPHRASE, "another one", PASSPHRASE, PASSPHRASE, PASSPHRASE])
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return next(typed)

    monkeypatch.delenv("ANTQ_PASSPHRASE")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(console, "getpass", ask)
    differ = antq("init", "--commune", "04978", "--data", tmp_path / "mới")
    assert (differ.code, differ.out) == (2, "")
    assert differ.err == "Hai lần nhập mật khẩu không giống nhau. Chưa tạo gì; nhập lại.\n"
    assert antq("init", "--commune", "04978", "--data", tmp_path / "mới").code == 0
    assert antq("check", "--data", tmp_path / "mới").code == 0
    assert asked == ["Mật khẩu: ", "Nhập lại: "] * 2 + ["Mật khẩu: "]


def test_a_wrong_passphrase_is_refused_and_then_waited_for(
    antq: Antq, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = system_clock()  # time stands still: how long to wait is said in whole seconds
    monkeypatch.setattr(console, "open_workspace", partial(open_workspace, clock=lambda: now))
    monkeypatch.setenv("ANTQ_PASSPHRASE", "sai mật khẩu rồi")
    answers = [antq("check", "--data", data) for _ in range(4)]
    assert [answer.code for answer in answers] == [2, 2, 2, 2]
    assert all("Mật khẩu" in answer.err or "mật khẩu" in answer.err for answer in answers)
    assert answers[3].err != answers[0].err
    monkeypatch.setenv("ANTQ_PASSPHRASE", PASSPHRASE)
    assert antq("check", "--data", data).err == answers[3].err


def test_a_newer_database_is_left_alone(antq: Antq, data: Path) -> None:
    paths = WorkspacePaths(data)
    engine = open_engine(paths.database, KeyFile(paths.key_file, system_clock).unlock(PASSPHRASE))
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    answer = antq("check", "--data", data)
    assert (answer.code, answer.out) == (2, "")
    assert "9999" in answer.err


def test_a_folder_that_cannot_be_written_is_the_machines_failure(antq: Antq, data: Path) -> None:
    # A folder in the place of the lock stops an administrator too, whom rights do not stop.
    (data / "antq.lock").unlink(missing_ok=True)
    (data / "antq.lock").mkdir()
    answer = antq("check", "--data", data)
    assert (answer.code, answer.out) == (4, "")
    assert answer.err.count("\n") == 1


def test_a_workspace_in_use_is_the_machines_failure(antq: Antq, data: Path) -> None:
    application = open_workspace(data, PASSPHRASE)
    try:
        answer = antq("check", "--data", data)
    finally:
        application.close()
    assert (answer.code, answer.out) == (4, "")


def test_a_damaged_database_is_the_machines_failure(antq: Antq, data: Path) -> None:
    (data / "antq.db").write_bytes(b"x" * 8192)
    answer = antq("check", "--data", data)
    assert (answer.code, answer.out) == (4, "")


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (Cancelled(), 1, "Đã dừng"),
        (KeyboardInterrupt(), 1, "Đã dừng"),
        (FileNotFoundError(2, "No such file or directory", "/usb/x"), 4, "không có «/usb/x»."),
        (PermissionError(13, "Permission denied", "/usb/x"), 4, "không được phép đọc hoặc ghi «/usb/x»."),
        (OSError(5, "Input/output error", "/usb/x"), 4, "ổ đĩa hoặc USB không phản hồi ở «/usb/x»."),
    ],
)
def test_what_stops_a_command_decides_its_exit_code(
    antq: Antq, monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int, said: str
) -> None:
    def stopped(*_args: object) -> None:
        raise raised

    monkeypatch.setattr(workspace, "_check", stopped)
    answer = antq("check")
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err


def test_a_bug_is_exit_70_and_says_so(
    antq: Antq, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(workspace, "_check", broken)
    expect_log("a bug stopped the command")
    answer = antq("check")
    assert (answer.code, answer.out) == (70, "")
    assert "Chương trình gặp lỗi của chính nó." in answer.err


def process(*words: object, **changes: str | None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "ANTQ_PASSPHRASE": PASSPHRASE, **changes}
    return subprocess.run(
        [sys.executable, "-m", "antq_desktop", *map(str, words)],
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        env={name: value for name, value in environment.items() if value is not None},
    )


def test_the_program_itself_answers_in_utf8_whatever_the_console(filled: Path) -> None:
    done = process(
        "households", "find", "ha thi", "--json", "--data", filled, PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert [row["head"] for row in json.loads(done.stdout)] == ["Hà Thị Bé"]


def test_a_reader_that_stops_early_is_no_failure(filled: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)  # as `head` has done when it has seen enough
    try:
        done = subprocess.run(
            [sys.executable, "-m", "antq_desktop", "figures", "--data", str(filled)],
            check=False,
            stdout=write_end,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    finally:
        os.close(write_end)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_program_itself_asks_nothing_without_a_terminal(filled: Path) -> None:
    done = process("check", "--data", filled, ANTQ_PASSPHRASE=None)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "ANTQ_PASSPHRASE" in done.stderr.decode()


def test_the_program_itself_reads_a_list_without_a_workspace(households: Path, tmp_path: Path) -> None:
    done = process(
        "households",
        "import",
        households,
        "--dry-run",
        "--json",
        "--data",
        tmp_path / "nothing",
        ANTQ_PASSPHRASE=None,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert [row["signed"] for row in json.loads(done.stdout)["rows"]] == ["2024-02-05", None]
    assert not (tmp_path / "nothing").exists()

"""After a restore the command line says why nothing leaves, and goes on only with a reason."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Antq


def test_a_backup_taken_back_is_settled_with_a_reason(antq: "Antq", filled: Path, tmp_path: Path) -> None:
    assert antq("workspace", "state", "--json", "--data", filled).json == {"trouble": None}
    file = antq("backup", "--to", tmp_path / "usb", "--json", "--data", filled).json["file"]
    back = tmp_path / "back"
    assert "antq workspace mend" in antq("restore", file, "--data", back).out
    state = antq("workspace", "state", "--json", "--data", back)
    assert (state.code, state.json["trouble"]["code"], state.json["trouble"]["found_by"]) == (
        1,
        "restored",
        "backup",
    )
    said = antq("workspace", "state", "--data", back)
    assert "antq workspace mend" in antq("households", "find", "an", "--data", back).err
    assert "lấy lại từ bản sao lưu" in said.out
    refused = antq("send", "--to", tmp_path / "usb", "--data", back)
    assert (refused.code, refused.out) == (3, "")
    assert antq("workspace", "mend", "--as", "restored", "--reason", " ", "--data", back).code == 2
    done = antq("workspace", "mend", "--as", "restored", "--reason", "máy hỏng", "--json", "--data", back)
    assert (done.code, done.json["kind"], done.json["epoch"]) == (0, "restored", 2)
    assert antq("workspace", "state", "--data", back).code == 0
    again = antq("workspace", "mend", "--as", "restored", "--reason", "máy hỏng", "--data", back)
    assert again.code == 2


def test_a_copy_becomes_another_laptop(antq: "Antq", filled: Path) -> None:
    done = antq("workspace", "mend", "--as", "cloned", "--reason", "chép sang máy khác", "--data", filled)
    assert done.code == 0
    assert "Đăng ký máy" in done.out

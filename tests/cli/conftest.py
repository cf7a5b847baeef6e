"""Runs commands in this process and says what came of them; a commune of 2024 on any clock after that year."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.bootstrap import create_workspace
from antq_desktop.cli.main import main
from antq_desktop.runtime import language
from antq_desktop.services.first_start import new_commune, new_receiving_unit
from antq_desktop.storage.key_file import Cost

PASSPHRASE = "cây đa bến nước 04978"
CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)
LIST = (
    "STT,Họ và tên chủ hộ,Ngày sinh,Số CCCD,Thôn/xóm,Số khẩu,Điện thoại,Ngày ký cam kết\n"
    "1,Bùi Văn An,12/03/1980,025080000001,Bản Lác,4,0912345678,05/02/2024\n"
    "2,Hà Thị Bé,01/07/1975,025175000002,Bản Lác,3,0912345679,\n"
)


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


Antq = Callable[..., Answer]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a commune's workspace that was made with a cheap key."""
    folder = tmp_path_factory.mktemp("made") / "commune"
    new = new_commune(
        "04978",
        receiving_unit="",
        officer="Bùi Văn An",
        rank="Đại úy",
        year=2024,
        passphrase=PASSPHRASE,
    )
    create_workspace(folder, new, cost=CHEAP).application.close()
    return folder


@pytest.fixture(scope="session")
def filled_made(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return such a workspace that has taken a list of two households in, one of which signed."""
    top = tmp_path_factory.mktemp("filled")
    folder = Path(shutil.copytree(made, top / "commune"))
    file = top / "danh-sach.csv"
    file.write_text(LIST, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANTQ_PASSPHRASE", PASSPHRASE)
        assert main(["households", "import", str(file), "--data", str(folder)]) == 0
    return folder


@pytest.fixture(scope="session")
def upper_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workspace of a receiving unit that has its keys."""
    folder = tmp_path_factory.mktemp("upper") / "upper"
    new = new_receiving_unit("Công an tỉnh Phú Thọ", officer="", year=2026, passphrase=PASSPHRASE)
    application = create_workspace(folder, new, cost=CHEAP).application
    application.receiving.initialise("Công an tỉnh Phú Thọ")
    application.close()
    return folder


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """Return the folder of a fresh workspace."""
    return Path(shutil.copytree(made, tmp_path / "commune"))


@pytest.fixture(autouse=True)
def spoken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the passphrase as scripts do, and leave the language as it was."""
    monkeypatch.setenv("ANTQ_PASSPHRASE", PASSPHRASE)
    yield
    language.choose("vi")


@pytest.fixture
def antq(capsys: pytest.CaptureFixture[str]) -> Antq:
    """Return what runs a command: ``antq("check", "--json", "--data", data)``."""

    def run(*words: object) -> Answer:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run


@pytest.fixture
def households(tmp_path: Path) -> Path:
    """Return a list of two households, one of which signed."""
    path = tmp_path / "danh-sach.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def filled(filled_made: Path, households: Path, tmp_path: Path) -> Path:
    """Return the folder of a workspace that has taken the list in; the list lies beside it."""
    assert households.is_file()
    return Path(shutil.copytree(filled_made, tmp_path / "commune"))


@pytest.fixture
def upper(upper_made: Path, tmp_path: Path) -> Path:
    """Return the folder of a receiving unit's workspace."""
    return Path(shutil.copytree(upper_made, tmp_path / "upper"))

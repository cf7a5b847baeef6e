"""The commands on models and activities: from the first step to the standing, a list taken in, and what is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

Antq = Callable[..., Any]


@pytest.fixture
def run(antq: Antq, data: Path) -> Antq:
    """Return what runs a command on the workspace and gives its JSON document, which must have gone well."""

    def done(*words: object) -> Any:
        answer = antq(*words, "--json", "--data", data)
        assert answer.code == 0, answer.err
        return answer.json

    return done


@pytest.fixture
def model(run: Antq) -> str:
    return str(run("models", "add", "--kind", "camera-an-ninh", "--name", "Camera an ninh")["id"])


def test_a_model_lives_through_its_steps(antq: Antq, run: Antq, data: Path, model: str) -> None:
    run("models", "step", model, "--step", "quyet-dinh", "--on", "05/01/2024", "--number", "3/QĐ")
    after = run("models", "step", model, "--step", "ra-mat", "--on", "01/02/2024")
    assert [step["step"] for step in after["steps"]] == ["quyet-dinh", "ra-mat"]
    assert "tam-dung" in after["open"]
    parts = run("models", "parts", model, "--add", "Tổ 1", "--members", 9, "--on", "01/03/2024")
    assert (parts["groups"], parts["members"], parts["from_parts"]) == (1, 9, ["groups", "members"])
    close = ("models", "step", model, "--step", "thanh-loai", "--on", "01/06/2024", "--reason", "Hết nhu cầu")
    refused = antq(*close, "--data", data)
    assert (refused.code, refused.out) == (2, "")
    assert "Còn 1 điểm, tổ đang hoạt động (Tổ 1)" in refused.err
    run(
        "models",
        "parts",
        model,
        "--end",
        parts["parts"][0]["id"],
        "--on",
        "31/05/2024",
        "--reason",
        "Giải thể",
    )
    closed = antq(*close, "--data", data)
    assert closed.code == 0
    assert "05/01/2024 · Quyết định thành lập, kiện toàn · 3/QĐ" in closed.out
    assert closed.out.endswith("Có thể ghi tiếp: –.\n")
    assert closed.err == "Chưa ghi số văn bản.\n"


def test_money_equipment_ratings_and_own_kinds(antq: Antq, run: Antq, data: Path, model: str) -> None:
    above = antq("models", "budget", model, "--source", "Xã", "--amount", 20_000_001, "--data", data)
    assert (above.code, above.out) == (0, "2024: 20.000.001 / 20.000.000 · Xã 20.000.001\n")
    assert "cao hơn định mức" in above.err
    assert run("models", "budget", model)[0]["over"] is True
    assert run("models", "equipment", model, "--kind", "camera", "--count", 4) == [
        {"kind": "camera", "name": "Camera", "count": 4}
    ]
    assert run("models", "rate", model, "tot")["year"] == 2024
    dated = run("models", "rate", model, "tot", "--on", "20/11/2024")
    assert dated["rated_on"] == "2024-11-20"
    assert "«Tốt»" in antq("models", "rate", model, "yeu", "--data", data).err
    kind = run("models", "add-kind", "--name", "Bếp lửa", "--field", "tu-quan", "--block", "khu-dan-cu")["id"]
    assert run("models", "add", "--kind", kind, "--name", "Bếp lửa số 1")["id"]
    below = antq("models", "budget", model, "--source", "Xã", "--amount", -1, "--data", data)
    assert (below.code, below.out) == (2, "")


def test_the_standing_says_why(antq: Antq, run: Antq, data: Path, model: str) -> None:
    run("models", "step", model, "--step", "ra-mat", "--on", "01/02/2022")
    said = antq("models", "standing", "--as-of", "01/09/2022", "--data", data)
    assert said.out == ("Camera an ninh: chỉ có trên giấy (Chưa ghi hoạt động nào, đã quá 6 tháng.)\n")
    (row,) = run("models", "standing", "--as-of", "02/02/2024", "--only", "remove")
    assert list(row["verdicts"]) == ["on_paper", "remove"]
    assert run("models", "standing", "--only", "works", "--as-of", "02/02/2024") == []


def test_activities_are_taken_in_repeated_copied_and_shown(
    antq: Antq, run: Antq, data: Path, model: str, tmp_path: Path
) -> None:
    other = run("models", "add", "--kind", "camera-an-ninh", "--name", "Camera hai")["id"]
    path = tmp_path / "tuan.csv"
    path.write_text(
        "Mô hình,Loại hoạt động,Ngày,Số buổi,Số ca\n"
        "Camera an ninh,Tuần tra,05/03/2024,,2\nKhông có,Họp,06/03/2024,1,\nCamera hai,Họp,32/03/2024,1,\n",
        encoding="utf-8",
    )
    take = ("activities", "import", path, "--data", data, "--json")
    tried = antq(*take, "--dry-run")
    assert (tried.code, tried.json["new"], tried.json["run"]) == (1, 1, None)
    taken = antq(*take)
    assert [(row["line"], row["result"]) for row in taken.json["rows"]] == [
        (2, "new"),
        (3, "faulty"),
        (4, "faulty"),
    ]
    assert taken.json["rows"][2]["why"] == "Không có ngày «32/03/2024»."
    again = antq(*take)
    assert (again.json["run"], again.json["new"], again.json["unchanged"]) == (None, 0, 1)
    (row,) = run("activities", "list")
    assert row["quantities"] == {"ca": 2}
    run("activities", "repeat", "--on", "12/03/2024")
    assert run("activities", "copy", row["id"], "--to", other)[0]["faults"] == []
    failed = antq("activities", "copy", row["id"], "--to", "la", "--data", data)
    assert (failed.code, failed.out) == (1, "Đã ghi cho 0 trên 1 mô hình.\n")
    month = run("activities", "month", "2024-03")
    assert month["totals"] == {"tuan-tra": 3}
    assert [(day["on"], len(day["activities"])) for day in month["days"]] == [
        ("2024-03-05", 2),
        ("2024-03-12", 1),
    ]
    photo = tmp_path / "anh.png"
    Image.new("RGB", (20, 10)).save(photo)
    assert run("activities", "attach", row["id"], photo)["copy_sha256"]
    for words in (("month", "2024"), ("month", "2024-13"), ("attach", row["id"], path)):
        assert antq("activities", *words, "--data", data).code == 2


def test_models_and_activities_are_changed_and_removed(antq: Antq, run: Antq, data: Path, model: str) -> None:
    changed = antq("models", "change", model, "--name", "Tổ mới", "--members", 12, "--json", "--data", data)
    assert changed.code == 0, changed.err
    (row,) = antq("models", "list", "--json", "--data", data).json
    assert (row["name"], row["members"]) == ("Tổ mới", 12)
    done = antq(
        "activities", "add", "--model", model, "--kind", "tuan-tra", "--on", "01/02/2024",
        "--count", "ca=2", "--json", "--data", data,
    )  # fmt: skip
    key = done.json["id"]
    again = antq(
        "activities", "change", key, "--on", "02/02/2024", "--count", "ca=3", "--count", "luot-nguoi=9",
        "--json", "--data", data,
    )  # fmt: skip
    assert again.code == 0, again.err
    said = antq("activities", "list", "--data", data).out
    assert f"02/02/2024 · Tổ mới · Tuần tra · 3 ca, 9 lượt người · {key}\n" in said
    assert "Tổ mới: Tuần tra, 3 ca" in antq("activities", "month", "2024-02", "--data", data).out
    refused = antq("activities", "change", key, "--count", "ca=-1", "--data", data)
    assert (refused.code, "ca: " in refused.err, "quantities" in refused.err) == (2, True, False)
    assert antq("activities", "delete", key, "--reason", " ", "--data", data).code == 2
    assert antq("activities", "delete", key, "--reason", "Gõ nhầm", "--data", data).code == 0
    nothing = antq("activities", "list", "--data", data)
    assert (nothing.out, nothing.err) == ("", "Không có mục nào.\n")


def test_a_word_too_many_names_the_help_of_its_command(antq: Antq, data: Path) -> None:
    refused = antq("models", "list", "abc", "--data", data)
    assert (refused.code, "abc" in refused.err, "antq models list --help" in refused.err) == (2, True, True)


def test_an_unknown_kind_of_model_names_the_command_that_lists_them(antq: Antq, data: Path) -> None:
    refused = antq("models", "add", "--kind", "camera", "--name", "Camera an ninh", "--data", data)
    assert refused.code == 2
    assert "Loại: «camera» không có trong danh mục" in refused.err
    assert "antq models kinds" in refused.err

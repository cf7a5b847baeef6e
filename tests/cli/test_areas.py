"""Residential areas by the command line: changed as in the window, named as people name them, and each refusal one sentence."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

Antq = Callable[..., Any]
MERGING = (
    "«Bản Lác», «Thôn Nội» kết thúc; từ 01/03/2024 có «Bản Lác» với 2 hộ, các mô hình và tổ bảo vệ an ninh, "
    "trật tự của các khu trên. Việc này không hoàn tác được."
)
SOON = date.today() + timedelta(days=30)


@pytest.fixture
def at(antq: Antq, filled: Path) -> Antq:
    """Return what runs a command in a commune with «Bản Lác» (two households), «Bản Lạc» and «Thôn Nội»."""
    for name in ("Bản Lạc", "Thôn Nội"):
        done = antq("areas", "add", "--name", name, "--kind", "bản", "--from", "01/01/2023", "--data", filled)
        assert (done.code, done.err) == (0, "")
    return lambda *words: antq(*words, "--data", filled)


def names(at: Antq, *words: str) -> list[str]:
    return [row["name"] for row in at("areas", "list", *words, "--json").json]


def homes(at: Antq, *words: str) -> dict[str, str]:
    """Return the area of each household by its head."""
    return {row["head"]: row["area_name"] for row in at("households", "list", *words, "--json").json}


def ids(at: Antq) -> dict[str, str]:
    return {row["head"]: row["id"] for row in at("households", "list", "--json").json}


def test_areas_are_listed_with_who_lives_there(at: Antq) -> None:
    rows = {row["name"]: row for row in at("areas", "list", "--json").json}
    assert list(rows) == ["Bản Lác", "Bản Lạc", "Thôn Nội"]
    lac = rows["Bản Lác"]
    assert (lac["kind"], lac["valid_from"], lac["valid_to"], lac["households"], lac["people"]) == (
        "bản", "2023-01-01", None, 2, 7,
    )  # fmt: skip
    assert at("areas", "list").out.splitlines()[0] == (
        f"Bản Lác · bản, có từ 01/01/2023 · 2 hộ, 7 nhân khẩu · {lac['id']}"
    )


def test_a_renamed_area_keeps_its_old_name_in_its_history(at: Antq) -> None:
    renamed = at(
        "areas",
        "rename",
        "thon noi",
        "--name",
        "Thôn Trung",
        "--on",
        "01/03/2024",
        "--reason",
        "NQ 12",
        "--json",
    )
    assert (renamed.code, renamed.json["name"]) == (0, "Thôn Trung")
    shown = at("areas", "show", "Thôn Trung", "--json").json
    assert (shown["id"], shown["valid_from"]) == (renamed.json["id"], "2023-01-01")
    assert [(step["kind"], step["old_name"], step["on"], step["reason"]) for step in shown["history"]] == [
        ("rename", "Thôn Nội", "2024-03-01", "NQ 12")
    ]
    assert at("areas", "show", shown["id"]).out.splitlines()[-1] == (
        "01/03/2024: đổi tên, trước đó là «Thôn Nội» (NQ 12)"
    )


def test_merged_areas_end_and_their_households_follow(at: Antq) -> None:
    words = (
        "areas",
        "merge",
        "Bản Lác",
        "thon noi",
        "--name",
        "Bản Lác",
        "--on",
        "01/03/2024",
        "--reason",
        "NQ 15",
    )
    tried = at(*words, "--dry-run")
    assert (tried.code, tried.out.splitlines()) == (
        0,
        [
            MERGING,
            "Mới kiểm tra, chưa thay đổi gì.",
        ],
    )
    assert names(at, "--all") == ["Bản Lác", "Bản Lạc", "Thôn Nội"]
    done = at(*words, "--json").json
    assert (done["kind"], done["households"], len(done["ended"])) == ("bản", 2, 2)
    assert names(at) == ["Bản Lác", "Bản Lạc"]
    assert len(names(at, "--all")) == 4
    assert homes(at, "--area", done["id"]) == {"Bùi Văn An": "Bản Lác", "Hà Thị Bé": "Bản Lác"}
    assert at("areas", "show", "Bản Lác", "--json").json["id"] == done["id"]
    assert (
        at("areas", "show", "thon noi").out.splitlines()[-1] == "01/03/2024: chuyển thành «Bản Lác» (NQ 15)"
    )


def test_a_split_puts_the_named_households_into_their_part_and_the_others_into_the_first(at: Antq) -> None:
    parts = ("--part", "Lác Trên", "--part", "Lác Dưới", ids(at)["Hà Thị Bé"])
    tried = at("areas", "split", "Bản Lác", *parts, "--on", "01/03/2024", "--dry-run", "--json").json
    assert [(part["id"], part["name"], part["households"]) for part in tried["parts"]] == [
        (None, "Lác Trên", 1),
        (None, "Lác Dưới", 1),
    ]
    assert homes(at) == {"Bùi Văn An": "Bản Lác", "Hà Thị Bé": "Bản Lác"}
    done = at("areas", "split", "Bản Lác", *parts, "--on", "01/03/2024")
    assert (done.code, done.err, done.out.splitlines()) == (
        0,
        "",
        [
            "«Bản Lác» kết thúc; từ 01/03/2024 có «Lác Trên»: 1 hộ; «Lác Dưới»: 1 hộ. Việc này không hoàn tác được.",
            "Đã ghi.",
        ],
    )
    assert homes(at) == {"Bùi Văn An": "Lác Trên", "Hà Thị Bé": "Lác Dưới"}


def test_the_parts_of_a_split_are_told_by_their_ids(at: Antq) -> None:
    done = at(
        "areas", "split", "Thôn Nội", "--part", "Một", "--part", "Hai", "--on", "01/03/2024", "--json"
    ).json
    listed = {row["name"]: row["id"] for row in at("areas", "list", "--json").json}
    assert {part["name"]: part["id"] for part in done["parts"]} == {
        name: listed[name] for name in ("Một", "Hai")
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "Bản Láng"], "Không có khu dân cư nào tên là «Bản Láng»."),
        (["show", "ban lac"], "«ban lac» có thể là «Bản Lác» ("),
        (["rename", "ban lac", "--name", "Mới", "--on", "01/03/2024"], "Gõ tên có đủ dấu, hoặc gõ mã"),
        (["rename", "Bản Lác", "--name", "bản lạc", "--on", "01/03/2024"], "Xã đã có khu dân cư «bản lạc»"),
        (["rename", "Bản Lác", "--name", " ", "--on", "01/03/2024"], "Khu dân cư chưa có tên."),
        (["rename", "Bản Lác", "--name", "Mới", "--on", "31/12/2022"], "Ngày 31/12/2022 chưa có hoặc không còn"),
        (["rename", "Bản Lác", "--name", "Mới", "--on", f"{SOON:%d/%m/%Y}"], f"Chưa đến ngày {SOON:%d/%m/%Y}"),
        (["rename", "Bản Lác", "--name", "Mới", "--on", "31/02/2024"], "«31/02/2024» không phải ngày"),
        (["merge", "thon noi", "Thôn  Nội", "--name", "Mới", "--on", "01/03/2024"], "«Thôn Nội» được ghi nhiều lần."),
        (["merge", "Bản Lác", "--name", "Mới", "--on", "01/03/2024"], "phải có ít nhất hai khu dân cư khác nhau"),
        (["merge", "Bản Lác", "Thôn Ngoại", "--name", "Mới", "--on", "01/03/2024"], "«Thôn Ngoại»"),
        (["merge", "Bản Lác", "Thôn Nội", "--name", "Bản Lạc", "--on", "01/03/2024"], "Chọn tên khác."),
        (["merge", "Bản Lác", "Thôn Nội", "--name", "Mới", "--on", "01/01/2023"], "Ngày 31/12/2022 chưa có"),
        (["split", "Thôn Nội", "--part", "Một", "--on", "01/03/2024"], "phải có ít nhất hai khu dân cư khác nhau"),
        (["split", "Thôn Nội", "--part", "Một", "--part", "MỘT", "--on", "01/03/2024"], "Xã đã có khu dân cư «MỘT»"),
        (
            ["split", "Thôn Nội", "--part", "Một", "x", "--part", "Hai", "--on", "01/03/2024"],
            "«Thôn Nội» không có hộ nào mang mã «x».",
        ),
        (
            ["split", "Thôn Nội", "--part", "Một", "x", "--part", "Hai", "x", "--on", "01/03/2024"],
            "Mỗi hộ chỉ thuộc một phần.",
        ),
        (["add", "--name", "THÔN NỘI", "--from", "01/01/2024"], "Xã đã có khu dân cư «THÔN NỘI»"),
        (["add", "--name", "Mới", "--kind", "quận", "--from", "01/01/2024"], "không có lựa chọn 'quận'"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence_and_changes_nothing(at: Antq, words: list[str], said: str) -> None:
    before = at("areas", "list", "--all", "--json").json
    refused = at("areas", *words)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.count("\n") == 1
    assert said in refused.err
    assert at("areas", "list", "--all", "--json").json == before


def test_an_area_that_ended_or_begins_later_is_said_to_be_so(at: Antq) -> None:
    at("areas", "merge", "Bản Lác", "Thôn Nội", "--name", "Bản Cả", "--on", "01/03/2024")
    at("areas", "add", "--name", "Bản Sau", "--from", f"{SOON:%d/%m/%Y}")
    for words in (
        ("areas", "rename", "thon noi", "--name", "Mới", "--on", "01/02/2024"),
        ("areas", "split", "Thôn Nội", "--part", "Một", "--part", "Hai", "--on", "01/02/2024"),
        ("households", "add", "--head", "Lê Văn Cả", "--area", "thon noi"),
        ("teams", "add", "--area", "thon noi", "--name", "Tổ", "--from", "01/04/2024"),
    ):
        ended = at(*words)
        assert (ended.code, ended.err) == (
            2,
            "Khu dân cư «Thôn Nội» đã kết thúc ngày 29/02/2024. Chọn một khu hiện có, xem bằng lệnh «antq areas list».\n",
        )
    later = at("areas", "rename", "ban sau", "--name", "Mới", "--on", "01/03/2024")
    assert later.err == (
        f"Khu dân cư «Bản Sau» đến ngày {SOON:%d/%m/%Y} mới có. Chờ đến ngày đó, hoặc chọn một khu hiện có.\n"
    )
    assert names(at) == ["Bản Cả", "Bản Lạc"]


def test_several_teams_in_a_merged_area_are_told_when_it_is_only_tried_too(at: Antq) -> None:
    for name in ("Bản Lác", "Thôn Nội"):
        assert at("teams", "add", "--area", name, "--name", f"Tổ {name}", "--from", "01/07/2023").code == 0
    for more in (["--dry-run"], []):
        done = at("areas", "merge", "Bản Lác", "Thôn Nội", "--name", "Mới", "--on", "01/03/2024", *more)
        assert done.code == 0
        assert "Tổ Bản Lác" in done.err
        assert "Tổ Thôn Nội" in done.err

"""The rest of the year by the command line: recorded, listed, decided, and each refusal one sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from antq_desktop.domain.errors import Exit

Antq = Callable[..., Any]


@pytest.fixture
def at(antq: Antq, filled: Path) -> Antq:
    """Return what runs a command in a commune of 2024 with the residential area Bản Lác: ``at("teams", "list")``."""
    return lambda *words: antq(*words, "--json", "--data", filled)


@pytest.fixture
def team(at: Antq) -> str:
    done = at("teams", "add", "--area", "ban lac", "--name", "Tổ Bản Lác", "--from", "01/07/2023",
              "--decision", "9/QĐ", "--decided-on", "28/06/2023")  # fmt: skip
    assert (done.code, "thường từ 3 người" in done.err) == (0, True)
    return str(done.json["id"])


def test_a_festival_is_recorded_and_the_areas_without_one_are_named(at: Antq, tmp_path: Path) -> None:
    assert [area["name"] for area in at("festival", "missing").json] == ["Bản Lác"]
    picture = tmp_path / "le.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    done = at(
        "festival", "add", "--place", "Nhà văn hóa", "--on", "20/08/2024", "--area", "ban lac", "--festivities",
        "--attendance", 90, "--gifts", 4, "--gift-value", 2_000_000, "--handed-in", "khau=2", "--paper", picture,
    )  # fmt: skip
    assert done.code == 0
    assert "từ 01/07/2024 đến 19/08/2024" in done.err
    (row,) = at("festival", "list").json
    assert (row["areas"], row["handed_in"], row["on"], row["gift_value_vnd"]) == (
        ["Bản Lác"], {"khẩu súng": 2}, "2024-08-20", 2_000_000,
    )  # fmt: skip
    assert row["papers"] == 1
    minutes = tmp_path / "bien-ban.pdf"
    minutes.write_bytes(b"%PDF-1.7 minutes")
    kept = at("festival", "attach", row["id"], minutes)
    assert [paper["name"] for paper in kept.json] == [picture.name, "bien-ban.pdf"]
    assert at("festival", "attach", row["id"], minutes).code == 2
    assert at("festival", "missing").json == []
    assert at("festival", "list", "--year", 2023).json == []
    assert at("festival", "delete", row["id"], "--reason", " ").code == 2
    assert at("festival", "delete", row["id"], "--reason", "Gõ nhầm").code == 0
    assert at("festival", "list").json == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--place", "x", "--on", "16/08/2024", "--area", "nowhere"], "«nowhere»"),
        (
            ["--place", "x", "--on", "16/08/2024", "--area", "ban lac", "--area", "Bản  Lác"],
            "Khu dân cư: «Bản Lác» được ghi 2 lần. Mỗi khu dân cư chỉ ghi một lần.",
        ),
        (["--place", " ", "--on", "16/08/2024"], "Ghi nơi tổ chức."),
        (["--place", "x", "--on", "16/08/2024", "--attendance", "-4"], "-4"),
        (["--place", "x", "--on", "16/08/2024", "--handed-in", "khau=hai"], "khau=hai"),
    ],
)
def test_a_festival_that_cannot_be_is_one_sentence(at: Antq, words: list[str], said: str) -> None:
    refused = at("festival", "add", *words)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.count("\n") == 1
    assert said in refused.err
    assert at("festival", "list").json == []


def test_outreach_is_recorded_by_a_kind_of_the_catalogue(at: Antq) -> None:
    kinds = {kind["id"] for kind in at("outreach", "kinds").json}
    assert {"pccc", "ma-tuy", "giao-thong", "vu-khi-phao"} <= kinds
    words = ["outreach", "add", "--title", "Tháng cao điểm", "--from", "01/04/2024", "--to", "30/04/2024"]
    assert at(*words, "--kind", "bay").code == 2
    assert at(*words, "--kind", "pccc", "--sessions", 3, "--leaflets", 200).code == 0
    (row,) = at("outreach", "list").json
    assert (row["leaflets"], row["starts_on"], row["ends_on"]) == (200, "2024-04-01", "2024-04-30")
    assert at("outreach", "delete", row["id"], "--reason", "Gõ nhầm").code == 0


def test_members_join_leave_and_are_trained(at: Antq, team: str) -> None:
    for name, post, birth in (("Bùi Văn An", "leader", "1980"), ("Hà Thị Bé", "deputy", "1985-05-05")):
        assert (
            at(
                "teams", "join", team, "--name", name, "--birth", birth, "--post", post, "--on", "01/07/2023"
            ).code
            == 0
        )
    old = at("teams", "join", team, "--name", "Lê Văn Cò", "--birth", "1940", "--on", "01/07/2023")
    assert "giấy chứng nhận sức khỏe" in old.err
    rows = at("teams", "members").json
    assert [(row["name"], row["post_name"]) for row in rows] == [
        ("Bùi Văn An", "tổ trưởng"), ("Hà Thị Bé", "tổ phó"), ("Lê Văn Cò", "tổ viên"),
    ]  # fmt: skip
    assert at("teams", "train", team, "--on", "05/05/2024", "--title", "Võ thuật", "--attendees", 3).code == 0
    assert at("teams", "train", team, "--on", "05/05/2022", "--title", "Võ thuật", "--attendees", 3).code == 2
    (row,) = at("teams", "list").json
    assert (row["members"], row["leader"], row["trainings"]) == (3, "Bùi Văn An", 1)
    assert [said.partition(":")[0] for said in row["remarks"]] == ["Lê Văn Cò"]
    assert [row["title"] for row in at("teams", "trainings", "--team", team).json] == ["Võ thuật"]
    assert at("teams", "leave", rows[2]["id"], "--on", "01/06/2024").code == 0
    assert at("teams", "delete", team, "--reason", "Gõ nhầm").code == 2
    closed = at("teams", "close", team, "--on", "01/07/2024")
    assert "còn 2 thành viên" in closed.err
    assert [area["name"] for area in at("teams", "missing").json] == ["Bản Lác"]


def test_ratings_are_refused_replaced_and_capped(at: Antq, team: str) -> None:
    ids = [
        at("teams", "join", team, "--name", f"Bùi Văn {letter}", "--birth", "1980", "--on", on).json["id"]
        for letter, on in (("A", "01/07/2023"), ("B", "01/07/2023"), ("C", "01/06/2024"))
    ]
    assert at("teams", "levels").json[0]["id"] == "xuat-sac"
    assert at("teams", "rate", ids[0], "--rating", "tot").code == 0
    capped = at("teams", "rate", ids[0], "--rating", "xuat-sac")
    assert (capped.code, capped.json["rating"]) == (0, "xuat-sac")
    assert "không quá 0 người (20 %)" in capped.err
    refused = at("teams", "rate", ids[2], "--rating", "tot")
    assert (refused.code, refused.out) == (2, "")
    assert "đủ 9 tháng" in refused.err
    listed = at("teams", "ratings")
    assert (listed.code, listed.json["kept"], listed.json["most"]) == (Exit.FINDINGS, False, 0)
    assert [row["rating"] for row in listed.json["members"]] == ["xuat-sac", None, None]
    assert at("teams", "rate", ids[0], "--rating", "hoan-thanh").code == 0
    assert at("teams", "ratings").code == 0


def test_committee_and_programmes(at: Antq) -> None:
    done = at("committee", "add", "--name", "Ban Chỉ đạo 138", "--from", "01/02/2024", "--members", 15)
    assert (done.code, "Quyết định chưa có số hoặc ngày" in done.err) == (0, True)
    (row,) = at("committee", "list").json
    assert (row["members"], row["working"]) == (15, True)
    assert at("committee", "delete", row["id"], "--reason", "Gõ nhầm").code == 0
    signed = at("programmes", "add", "--partner", "Đoàn xã", "--subject", "Tuyên truyền", "--number", "02/CTPH",
                "--signed-on", "15/01/2024")  # fmt: skip
    assert (signed.code, signed.err) == (0, "")
    (row,) = at("programmes", "list").json
    assert (row["partner"], row["signed_on"], row["ends_on"]) == ("Đoàn xã", "2024-01-15", None)
    assert at("programmes", "delete", row["id"], "--reason", "Gõ nhầm").code == 0
    assert at("programmes", "list").json == at("committee", "list").json == []


def test_awards_from_the_proposal_to_the_list(at: Antq, tmp_path: Path) -> None:
    giay_khen = next(kind for kind in at("awards", "kinds").json if kind["id"] == "giay-khen")
    assert "chu-tich-xa" in giay_khen["authorities"]
    words = ["awards", "propose", "--kind", "giay-khen", "--authority", "chu-tich-xa", "--on", "01/08/2024"]
    an, be, co = (
        at(*words, "--recipient", name).json["id"] for name in ("Bùi Văn An", "Hà Thị Bé", "Lê Văn Cò")
    )
    wrong = at("awards", "propose", "--kind", "bang-khen", "--authority", "chu-tich-xa", "--recipient", "An")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Bộ trưởng Bộ Công an" in wrong.err
    out = tmp_path / "khen.xlsx"
    assert at("awards", "export", "--out", out).code == 2
    decided = at("awards", "decide", f"{an}=15", be, "--decision", "77/QĐ-UBND", "--on", "12/08/2024")
    assert decided.json == [{"id": an, "certificate_number": "15"}, {"id": be, "certificate_number": ""}]
    assert at("awards", "decline", co, "--reason", "Chưa đủ thời gian").code == 0
    assert at("awards", "decide", co, "--decision", "78", "--on", "12/08/2024").code == 2
    assert [row["state"] for row in at("awards", "list").json] == ["decided", "decided", "declined"]
    assert at("awards", "export", "--out", out).json == {"file": str(out)}
    assert len(load_workbook(out).worksheets) == 1
    assert at("awards", "delete", co, "--reason", "Gõ nhầm").code == 0


def test_each_of_the_five_themes_is_opened_signed_and_counted(at: Antq, filled: Path) -> None:
    themes = [kind["id"] for kind in at("campaigns", "kinds").json if not kind["yearly"]]
    assert themes == ["phao", "vu-khi", "ma-tuy", "giao-thong", "pccc"]
    (home, *_) = at("households", "find", "an").json
    for theme in themes:
        opened = at("campaigns", "open", "--kind", theme, "--from", "01/01/2024", "--to", "31/12/2024")
        assert opened.code == 0
        campaign = opened.json["id"]
        signed = at("commitments", "record", "--household", home["id"], "--campaign", campaign, "--state", "signed",
                    "--signed-on", "05/02/2024")  # fmt: skip
        assert signed.code == 0
        (area,) = at("commitments", "status", "--campaign", campaign).json
        assert (area["signed"], area["households"]) == (1, 2)
    listed = at("campaigns", "list").json
    assert {row["kind"] for row in listed} == {"yearly", *themes}
    for kind in ("bay", "yearly"):
        refused = at("campaigns", "open", "--kind", kind, "--name", "x")
        assert (refused.code, refused.out) == (2, "")

"""Who signs is written as the decree on clerical work asks, whatever the office has typed."""

import pytest

from antq_desktop.services.papers.signing import Body, Signing, body_of, signing_of

COMMITTEE = "Ủy ban nhân dân xã Kim Bôi"


@pytest.mark.parametrize(
    ("decided_by", "body"),
    [
        (COMMITTEE, Body("Ủy ban nhân dân", "xã Kim Bôi")),
        (f"Chủ tịch {COMMITTEE}", Body("Ủy ban nhân dân", "xã Kim Bôi")),
        ("UỶ BAN  NHÂN DÂN XÃ KIM BÔI", Body("UỶ BAN NHÂN DÂN", "XÃ KIM BÔI")),
        ("Ủy ban nhân dân", Body("", "Ủy ban nhân dân")),
        ("Công an tỉnh Phú Thọ", Body("", "Công an tỉnh Phú Thọ")),
        ("Chủ tịch", Body("", "")),
        ("", Body("", "")),
    ],
)
def test_a_body_stands_on_two_lines_when_it_is_a_committee(decided_by: str, body: Body) -> None:
    assert body_of(decided_by) == body


@pytest.mark.parametrize(
    ("decided_by", "post", "signing"),
    [
        (COMMITTEE, "Chủ tịch", Signing("TM. Ủy ban nhân dân", "", "Chủ tịch")),
        (COMMITTEE, "PHÓ CHỦ TỊCH", Signing("TM. Ủy ban nhân dân", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (f"Chủ tịch {COMMITTEE}", "Chủ tịch", Signing("", "", "Chủ tịch")),
        (f"Chủ tịch {COMMITTEE}", "Phó  Chủ tịch", Signing("", "KT. Chủ tịch", "Phó Chủ tịch")),
        ("Công an xã Kim Bôi", "Trưởng Công an xã", Signing("", "", "Trưởng Công an xã")),
        (
            "Công an xã Kim Bôi",
            "Phó Trưởng Công an xã",
            Signing("", "KT. Trưởng Công an xã", "Phó Trưởng Công an xã"),
        ),
        (COMMITTEE, "", Signing("TM. Ủy ban nhân dân", "", "")),
    ],
)
def test_a_committee_and_a_deputy_have_a_line_of_their_own(
    decided_by: str, post: str, signing: Signing
) -> None:
    assert signing_of(decided_by, post) == signing

"""Headers are understood by their words, whatever the village calls its columns."""

import pytest

from antq_desktop.intake.header_words import meaning, meaning_under


@pytest.mark.parametrize(
    ("field", "headers"),
    [
        ("stt", ["STT", "Số TT", "TT", "Số thứ tự", "S TT"]),
        (
            "head",
            [
                "Họ và tên",
                "Họ tên chủ hộ",
                "CHỦ HỘ",
                "Họ và tên\nchủ hộ",
                "Người đại diện hộ",
                "Tên chủ hộ",
                "Họ, tên",
                "Họ và tên chủ hộ (đại diện)",
            ],
        ),
        (
            "birth",
            [
                "Ngày sinh",
                "Năm sinh",
                "Ngày, tháng, năm sinh",
                "Sinh năm",
                "Ngày tháng năm sinh chủ hộ",
                "NS",
                "Năm sinh:",
            ],
        ),
        (
            "citizen_id",
            [
                "CCCD",
                "Số CCCD",
                "Số định danh cá nhân",
                "Số ĐDCN",
                "CCCD/CMND",
                "Căn cước",
                "Số CCCD chủ hộ",
                "Số thẻ căn cước công dân",
            ],
        ),
        ("cmnd", ["CMND", "Số CMTND", "Số chứng minh nhân dân"]),
        (
            "hamlet",
            [
                "Địa bàn",
                "Thôn",
                "Thôn, xóm",
                "Ấp, khu phố",
                "Tổ dân phố",
                "Thôn/bản/TDP",
                "Tên thôn",
                "Bản",
                "Khu dân cư",
                "Xóm (bản)",
            ],
        ),
        (
            "address",
            [
                "Địa chỉ",
                "Nơi ở hiện nay",
                "Hộ khẩu thường trú",
                "Nơi đăng ký HKTT",
                "Chỗ ở",
                "Địa chỉ thường trú",
            ],
        ),
        (
            "members",
            ["Số khẩu", "Nhân khẩu", "Số nhân khẩu", "Số người trong hộ", "Khẩu", "Tổng số nhân khẩu"],
        ),
        ("phone", ["Điện thoại", "SĐT", "Số ĐT", "Số điện thoại chủ hộ", "ĐTDĐ", "ĐT liên hệ"]),
        (
            "signed",
            [
                "Ngày ký",
                "Ngày cam kết",
                "Ngày ký cam kết",
                "Ngày, tháng ký",
                "Ngày đăng ký",
                "Thời gian ký",
                "Ký cam kết",
            ],
        ),
        (
            "ignored",
            [
                "Ngày cấp CCCD",
                "Nơi cấp",
                "Dân tộc",
                "Nơi sinh",
                "Ghi chú",
                "Ký tên",
                "Số sổ hộ khẩu",
                "Họ tên vợ (chồng)",
            ],
        ),
        ("relation", ["Quan hệ với chủ hộ"]),
        ("sex", ["Giới tính", "Nam/nữ"]),
        (None, ["", "Tiền điện", "Nguyễn Văn An", "DANH SÁCH HỘ GIA ĐÌNH", "Trưởng thôn", "Bùi Thị Hồ"]),
    ],
)
def test_headers(field: str | None, headers: list[str]) -> None:
    for header in headers:
        found = meaning(header)
        assert (found.field if found else None) == field, header


def test_two_rows_of_headers() -> None:
    def field(group: str, header: str, *siblings: str) -> str | None:
        found = meaning_under(group, header, (header, *siblings))
        return found.field if found else None

    assert field("Năm sinh", "Nam", "Nữ") == "birth_male"
    assert field("Năm sinh", "Nữ", "Nam") == "birth_female"
    assert field("Ngày sinh", "Năm", "Ngày", "Tháng") == "birth_year"
    assert field("NGAY SINH", "NAM", "NGAY", "THANG") == "birth_year"
    assert field("Giới tính", "Nữ", "Nam") == "sex_female"
    assert field("Thông tin chủ hộ", "Họ tên") == "head"
    assert field("Thông tin chủ hộ", "Số CCCD") == "citizen_id"
    assert field("Họ và tên", "Tên", "Họ đệm") == "given_name"

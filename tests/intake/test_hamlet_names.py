"""Areas are found in lines, titles and addresses, and nowhere else."""

import pytest

from antq_desktop.intake.hamlet_names import area_name, heading, in_address, in_title


@pytest.mark.parametrize(
    ("line", "area"),
    [
        ("Thôn Bản Lác", "Thôn Bản Lác"),
        ("Thôn: Bản Lác", "Bản Lác"),
        ("Thôn: Đồng Hoà", "Thôn Đồng Hoà"),
        ("I. Thôn Bản Lác (35 hộ)", "Thôn Bản Lác"),
        ("2. XÓM MƯỜNG: 40 hộ", "Xóm Mường"),
        ("Địa bàn: Tổ dân phố số 5", "Tổ dân phố số 5"),
        ("TỔ DÂN PHỐ SỐ 5", "Tổ dân phố số 5"),
        ("Tổ 5", "Tổ 5"),
        ("Khu dân cư số 3", "Khu dân cư số 3"),
        ("Thôn: ...........", None),
        ("Thôn", None),
        ("Trưởng thôn", None),
        ("Bản cam kết", None),
        ("Khu dân cư an toàn về ANTT", None),
        ("Tổ trưởng tổ dân phố", None),
        ("Tổng cộng: 120 hộ", None),
        ("Nguyễn Văn An", None),
        ("Hộ tạm trú", None),
    ],
)
def test_heading(line: str, area: str | None) -> None:
    assert heading(line) == area


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("DANH SÁCH HỘ GIA ĐÌNH THÔN BẢN LÁC NĂM 2026", "Thôn Bản Lác"),
        ("Danh sách hộ dân thôn Đồng Hoà, xã Kim Bôi", "Thôn Đồng Hoà"),
        ("DANH SÁCH HỘ GIA ĐÌNH ĐĂNG KÝ XÂY DỰNG KHU DÂN CƯ AN TOÀN VỀ ANTT NĂM 2026", None),
        ("BẢN CAM KẾT", None),
        ("(Kèm theo Kế hoạch số 12/KH-UBND)", None),
        ("UBND XÃ KIM BÔI", None),
        ("UBND XÃ KIM BÔI - THÔN BẢN LÁC", "Thôn Bản Lác"),
    ],
)
def test_title(title: str, area: str | None) -> None:
    assert in_title(title) == area


def test_address() -> None:
    assert in_address("Số 5, thôn Bản Lác, xã Kim Bôi") == "Thôn Bản Lác"
    assert in_address("Xóm Mường - Kim Bôi") == "Xóm Mường"
    assert in_address("Số 12 đường Nguyễn Huệ") is None


def test_capitals_become_ordinary() -> None:
    assert area_name("BẢN LÁC") == "Bản Lác"
    assert area_name("THÔN ĐỒNG HOÀ") == "Thôn Đồng Hoà"
    assert area_name("Bản Lác") == "Bản Lác"
    assert area_name("TDP SỐ 3") == "TDP số 3"

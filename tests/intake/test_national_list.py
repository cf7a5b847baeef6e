"""The national list is whole, found without tone marks, and cheap."""

import subprocess
import sys

import pytest

from antq_desktop.intake.national_list import NoSuchCommune, commune, communes, find_communes, provinces


def test_the_list_is_whole() -> None:
    assert len(provinces()) == 34
    assert len(communes()) == 3_321
    assert len({one.code for one in communes()}) == 3_321
    assert all(len(one.code) == 5 and len(one.province_code) == 2 for one in communes())
    assert {one.province_code for one in communes()} == {province.code for province in provinces()}


def test_a_commune_by_its_code() -> None:
    found = commune("04978")
    assert (found.name, found.province_code, found.province_name) == ("Xã Kim Bôi", "25", "Phú Thọ")
    with pytest.raises(NoSuchCommune):
        commune("99999")


def test_search_needs_no_tone_marks() -> None:
    assert [one.code for one in find_communes("kim boi")] == ["04978"]
    assert find_communes("Kim Bôi") == find_communes("XA KIM BOI")
    assert [one.code for one in find_communes("04978")] == ["04978"]
    assert {one.province_name for one in find_communes("hoà bình", "25")} == {"Phú Thọ"}
    assert find_communes("tan")[0].name.split(" ", 1)[1].startswith("T")
    assert find_communes("không có xã nào tên này") == ()


def test_its_package_is_read_not_imported() -> None:
    program = (
        "import sys; from antq_desktop.intake.national_list import communes; communes();"
        "assert 'vietnam_provinces' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)

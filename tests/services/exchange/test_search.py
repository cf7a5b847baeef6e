"""A receiving unit finds the records of every commune, with the commune's name, and forgets what a restore took back."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties


def test_what_was_received_is_found_with_the_name_of_the_commune(parties: "Parties") -> None:
    (home,) = parties.work(1)
    parties.receive(parties.send().path)
    (hit,) = parties.receiving.search.find("bui thi hoa 0")
    assert (hit.id, hit.unit_code, hit.title) == (home.id, "04978", "Bùi Thị Hoa 0")
    assert "Kim Bôi" in hit.detail
    assert "Xóm Bãi" in hit.detail
    assert (hit.page, hit.what, hit.year) == ("receiving", {"unit_code": "04978"}, None)
    (own,) = parties.commune.search.find("bui thi hoa 0")
    assert own.page == "households"


def test_what_a_changed_bundle_says_is_found_and_what_it_no_longer_says_is_not(parties: "Parties") -> None:
    from dataclasses import replace

    (home,) = parties.work(1)
    parties.receive(parties.send().path)
    parties.commune.households.save(replace(home, head="Quách Văn Minh"))
    assert parties.receiving.search.find("quach") == []
    parties.receive(parties.send().path)
    assert [hit.title for hit in parties.receiving.search.find("quach")] == ["Quách Văn Minh"]
    assert parties.receiving.search.find("hoa") == []

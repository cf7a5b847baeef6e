"""Kinds of models, activities, awards and the rest go down signed: used on both sides, own words kept, unknown ones shown."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from antq_desktop.domain.catalogues import version_key
from antq_desktop.domain.model_means import OwnModelKind
from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.runtime.catalogue_files import FaultyCatalogueFile
from antq_desktop.runtime.resources import RESOURCES
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.results import Invalid

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

CATALOGUES = RESOURCES / "catalogues"
#: Each kind with the table that gets an entry, what the entry says, and where the catalogue in use shows it.
KINDS: dict[str, tuple[str, str, Callable[[Catalogues], Mapping[str, Any]]]] = {
    "model-kinds": ("kinds", 'field = "tu-quan"\nblock = "khu-dan-cu"', lambda known: known.models.kinds),
    "activity-kinds": ("kinds", 'units = ["buoi"]', lambda known: known.activities.kinds),
    "commitment-campaigns": (
        "kinds",
        'round = "thematic"\npledges = ["Giữ gìn."]',
        lambda known: known.campaigns.kinds,
    ),
    "rating-scales": (
        "scales",
        '[[scales.ratings]]\nid = "vang"\nname = "Vàng"',
        lambda known: known.ratings.scales,
    ),
    "team-ratings": ("ratings", "", lambda known: known.team_ratings.ratings),
    "outreach-kinds": ("kinds", "", lambda known: known.outreach.kinds),
    "award-kinds": (
        "kinds",
        'recipients = ["person"]\nauthorities = ["chu-tich-xa"]\nonce = false',
        lambda known: known.awards.kinds,
    ),
}


def shipped(name: str) -> str:
    return (CATALOGUES / f"{name}.toml").read_text(encoding="utf-8")


def with_version(text: str, version: str) -> str:
    return re.sub(r'(?m)^version = ".*"$', f'version = "{version}"', text, count=1)


def file_of(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def extended(name: str, version: str, entry: str = "cua-tinh", called: str = "Của tỉnh") -> str:
    """Return a shipped catalogue with one entry more, before the first one of its table."""
    table, says, _where = KINDS[name]
    head = f"[[{table}]]\n"
    return with_version(shipped(name), version).replace(
        head, f'{head}id = "{entry}"\nname = "{called}"\n{says}\n\n{head}', 1
    )


def bring(parties: "Parties") -> None:
    (path,) = parties.receiving.issuing.write_to(parties.stick)
    parties.commune.sending.take(path)
    path.unlink()


@pytest.mark.parametrize("name", list(KINDS))
def test_an_entry_of_the_upper_level_is_used_on_both_sides(
    parties: "Parties", tmp_path: Path, name: str
) -> None:
    _table, _says, where = KINDS[name]
    sides = (parties.commune, parties.receiving)
    for side in sides:
        assert "cua-tinh" not in where(side.catalogues)
    parties.receiving.issuing.issue(file_of(tmp_path, name, extended(name, "99")))
    bring(parties)
    for side in sides:
        entries = where(side.catalogues)
        assert entries["cua-tinh"].name == "Của tỉnh"


@pytest.mark.parametrize("name", list(KINDS))
def test_what_records_may_name_is_not_left_out(parties: "Parties", tmp_path: Path, name: str) -> None:
    table, _says, _where = KINDS[name]
    text = with_version(shipped(name), "99")
    gone = text[: text.rindex(f"\n[[{table}]]\n")]
    with pytest.raises(FaultyCatalogueFile):
        parties.receiving.issuing.issue(file_of(tmp_path, name, gone))


def test_what_is_issued_is_what_work_goes_by(parties: "Parties", tmp_path: Path) -> None:
    parties.receiving.issuing.issue(file_of(tmp_path, "rating-scales", extended("rating-scales", "99")))
    text = extended("commitment-campaigns", "99")
    parties.receiving.issuing.issue(file_of(tmp_path, "commitment-campaigns", text))
    commune = parties.commune
    with pytest.raises(Invalid):
        commune.commitments.add_campaign("cua-tinh", "Đợt của tỉnh")
    bring(parties)
    assert commune.commitments.add_campaign("cua-tinh", "Đợt của tỉnh").record.kind == "cua-tinh"
    commune.settings.put("models.rating_scale", "cua-tinh")
    assert commune.settings.get("models.rating_scale") == "cua-tinh"


def test_the_kinds_that_a_commune_added_stay(parties: "Parties", tmp_path: Path) -> None:
    commune = parties.commune
    own = commune.model_means.save_own_kind(
        OwnModelKind(id="", unit_code="", name="Bếp lửa an ninh", field="tu-quan", block="khu-dan-cu")
    ).record
    parties.receiving.issuing.issue(file_of(tmp_path, "model-kinds", extended("model-kinds", "99")))
    bring(parties)
    assert {own.id, "cua-tinh"} <= commune.catalogues.models.kinds.keys()


def test_an_older_issue_never_replaces_a_newer(parties: "Parties", tmp_path: Path) -> None:
    """Version 10 comes after version 9, whichever was issued last."""
    for version, called in (("10", "Mới"), ("9", "Cũ")):
        text = extended("outreach-kinds", version, called=called)
        parties.receiving.issuing.issue(file_of(tmp_path, "outreach-kinds", text))
        bring(parties)
    for side in (parties.commune, parties.receiving):
        assert side.catalogues.outreach.kinds["cua-tinh"].name == "Mới"


@pytest.mark.parametrize(
    ("older", "newer"), [("9", "10"), ("2026.9", "2026.10"), ("2026.1", "2026.1b"), ("", "1"), ("1", "2a")]
)
def test_versions_are_ordered_by_their_numbers(older: str, newer: str) -> None:
    assert version_key(older) < version_key(newer)


def test_a_kind_that_nobody_here_knows_is_shown_and_counted(parties: "Parties") -> None:
    """A commune whose program is newer than the upper level's may send one."""
    campaign = OutreachCampaign(
        id="o1", unit_code="04978", title="Đợt một", kind="kind-of-tomorrow", starts_on=date(2026, 3, 1), sessions=3
    )  # fmt: skip
    with parties.store(parties.commune).writing("An") as work:
        work.save(campaign)
        work.commit()
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.set_aside) == ("taken", ())
    parties.assert_equal()
    (row,) = parties.commune.outreach.rows(2026)
    assert row.kind_name == "kind-of-tomorrow"
    amounts = parties.receiving.consolidating.report("2026").total
    assert amounts["outreach_campaigns"] == {"kind-of-tomorrow": 1}

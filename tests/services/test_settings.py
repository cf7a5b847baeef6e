"""Settings have a default, a journal and only the names and kinds that are known."""

import pytest

from antq_desktop.services.application import Application
from antq_desktop.services.settings import KNOWN, SettingDoesNotFit, UnknownSetting
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window


def test_a_setting_has_its_default_until_it_is_set(application: Application) -> None:
    assert application.settings.get("alarm.amber_days") == 7
    assert application.settings.put("alarm.amber_days", 10).touches("settings")
    assert application.settings.get("alarm.amber_days") == 10
    assert application.settings.all() == {
        **{name: known.default for name, known in KNOWN.items()},
        **{name: application.settings.get(name) for name in KNOWN},
    }


def test_a_change_is_in_the_journal_and_no_change_is_not(application: Application) -> None:
    application.settings.put("signer", "Bùi Văn An")
    assert not application.settings.put("signer", "Bùi Văn An")
    lines = application.journal.page(JournalFilter(entity="settings", entity_id="signer"), Window())
    assert [line.changes["value"] for line in lines] == [
        ["Hà Quang Vinh", "Bùi Văn An"],
        [None, "Hà Quang Vinh"],
    ]


def test_the_working_year_is_the_year_of_the_session(application: Application) -> None:
    application.settings.put("working_year", 2027)
    assert application.session.year == 2027
    assert application.accounts.status().year == 2027


def test_several_settings_are_kept_together_or_not_at_all(application: Application) -> None:
    with pytest.raises(UnknownSetting):
        application.settings.put_all({"place": "Nơi khác", "no.such.setting": 1})
    with pytest.raises(SettingDoesNotFit):
        application.settings.put_all({"place": "Nơi khác", "working_year": "2027"})
    assert application.settings.get("place") == "Kim Bôi"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("working_year", 0),
        ("working_year", True),
        ("report.cut_off_day", 31),
        ("report.cut_off_months_before", -1),
        ("backup.every_minutes", 0),
        ("officer", {}),
        ("officer", {"name": "An", "rank": 3}),
        ("commune", {"code": "04978", "name": "Xã Kim Bôi"}),
    ],
)
def test_a_value_that_would_stop_the_program_later_is_refused(
    application: Application, name: str, value: object
) -> None:
    before = application.settings.all()
    with pytest.raises(SettingDoesNotFit):
        application.settings.put(name, value)
    assert application.settings.all() == before


def test_texts_are_kept_clean(application: Application) -> None:
    application.settings.put_all(
        {"signer": "  Ha\u0300  Quang\u200b Vinh ", "officer": {"name": "Bu\u0300i An ", "rank": ""}}
    )
    assert application.settings.get("signer") == "Hà Quang Vinh"
    assert application.settings.get("officer") == {"name": "Bùi An", "rank": ""}

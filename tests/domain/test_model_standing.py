"""Which models work, stand on paper, are to replicate, are to remove: told from the day, with a reason each."""

from dataclasses import replace
from datetime import date

import pytest

from antq_desktop.domain.community_models import ModelState, RatingScale, RatingWord
from antq_desktop.domain.model_standing import (
    VERDICT_NAMES,
    LifeFacts,
    StandingRules,
    Verdict,
    months_before,
    verdicts,
)

AS_OF = date(2026, 8, 31)
SCALE = RatingScale(
    "s",
    "S",
    {
        "tot": RatingWord("tot", "Tốt", "replicate"),
        "vua": RatingWord("vua", "Trung bình", ""),
        "yeu": RatingWord("yeu", "Yếu", "remove"),
    },
)
RULES = StandingRules(idle_months=6, idle_years=2, scales={"s": SCALE})
FACTS = LifeFacts(
    state=ModelState.WORKING, began_on=date(2020, 1, 1), last_activity_on=date(2026, 8, 1), ratings={}
)


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        (FACTS, {"works"}),
        (replace(FACTS, last_activity_on=date(2026, 2, 28)), {"works"}),
        (replace(FACTS, last_activity_on=date(2026, 2, 27)), {"on_paper"}),
        (replace(FACTS, last_activity_on=None), {"on_paper", "remove"}),
        (replace(FACTS, last_activity_on=None, began_on=date(2026, 3, 1)), {"works"}),
        (replace(FACTS, last_activity_on=None, began_on=None), {"on_paper"}),
        (replace(FACTS, last_activity_on=date(2024, 8, 31)), {"on_paper"}),
        (replace(FACTS, last_activity_on=date(2024, 8, 30)), {"on_paper", "remove"}),
        (replace(FACTS, ratings={2026: "tot"}), {"works", "replicate"}),
        (replace(FACTS, ratings={2025: "tot"}), {"works", "replicate"}),
        (replace(FACTS, ratings={2024: "tot"}), {"works"}),
        (replace(FACTS, ratings={2027: "tot"}), {"works"}),
        (replace(FACTS, ratings={2025: "tot", 2026: "vua"}), {"works"}),
        (replace(FACTS, ratings={2026: "la"}), {"works"}),
        (replace(FACTS, ratings={2026: "yeu"}), {"works", "remove"}),
        (replace(FACTS, ratings={2026: "tot"}, last_activity_on=date(2026, 1, 1)), {"on_paper"}),
        (replace(FACTS, state=ModelState.PAUSED), set()),
        (replace(FACTS, state=ModelState.PAUSED, ratings={2026: "tot"}), set()),
        (replace(FACTS, state=ModelState.PAUSED, last_activity_on=date(2024, 1, 1)), {"remove"}),
        (replace(FACTS, state=ModelState.PROPOSED, ratings={2026: "yeu"}), set()),
        (replace(FACTS, state=ModelState.CLOSED, ratings={2026: "yeu"}), set()),
    ],
)
def test_each_verdict_holds_for_its_reason(facts: LifeFacts, wanted: set[Verdict]) -> None:
    found = verdicts(facts, RULES, AS_OF)
    assert set(found) == wanted
    assert list(found) == [name for name in VERDICT_NAMES if name in wanted]
    assert all(why.message.format(**why.facts) for why in found.values())


def test_the_rules_are_settings() -> None:
    facts = replace(FACTS, last_activity_on=date(2026, 7, 1))
    assert set(verdicts(facts, replace(RULES, idle_months=1), AS_OF)) == {"on_paper"}
    assert set(verdicts(facts, replace(RULES, idle_months=2), AS_OF)) == {"works"}
    old = replace(FACTS, last_activity_on=date(2024, 1, 1))
    assert "remove" not in verdicts(old, replace(RULES, idle_years=3), AS_OF)


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 5, 31), 1, date(2026, 4, 30)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 12, 1), 24, date(2024, 12, 1)),
    ],
)
def test_months_go_back_over_short_ones(day: date, months: int, wanted: date) -> None:
    assert months_before(day, months) == wanted

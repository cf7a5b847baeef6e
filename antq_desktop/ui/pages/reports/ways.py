"""Leads from a row of any kind to the page that opens it."""

from antq_desktop.ui.desk import Desk

#: The page of each kind of record, and what its id is called there.
_PAGES = {
    "households": ("households", "household_id"),
    "residential_areas": ("households", "area_id"),
    "listed_units": ("units", "unit_id"),
    "community_models": ("models", "model_id"),
    "model_activities": ("activities", "activity_id"),
    "festival_days": ("festival", "site_id"),
    "security_teams": ("forces", "team_id"),
    "team_members": ("forces", "member_id"),
    "team_trainings": ("forces", "training_id"),
    "outreach_campaigns": ("outreach", "campaign_id"),
    "steering_committees": ("outreach", "committee_id"),
    "coordination_programmes": ("outreach", "programme_id"),
    "awards": ("awards", "award_id"),
}


def go(desk: Desk, entity: str, record_id: str) -> None:
    """Open the record on its page; one that has none is shown by what the journal knows of it."""
    page, name = _PAGES.get(entity, ("journal", ""))
    if name:
        desk.go(page, **{name: record_id})
    else:
        desk.go(page, entity=entity, entity_id=record_id)

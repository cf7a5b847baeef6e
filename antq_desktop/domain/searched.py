"""Says of each kind of record by which words people find it, how it is shown to them, and which page opens it.

A kind that stands in ``SEARCHED`` is found everywhere: its words are kept with every write, and gathered anew when a
kind comes or goes.
"""

from datetime import date
from typing import Any

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.awards import Award
from antq_desktop.domain.commitments import Campaign, Commitment
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.households import Household
from antq_desktop.domain.model_lifecycle import ModelStep
from antq_desktop.domain.model_parts import ModelPart
from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.domain.recognition import Certificate, Recognition, number_text
from antq_desktop.domain.record_checks import written
from antq_desktop.domain.searching import Look, Searched, words_in
from antq_desktop.domain.security_teams import SecurityTeam, TeamMember, TeamTraining
from antq_desktop.domain.steering import CoordinationProgramme, SteeringCommittee
from antq_desktop.domain.territory import ResidentialArea, Succession
from antq_desktop.domain.text import fold
from antq_desktop.domain.units import Unit
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_steps import Occurrence, YearStep

_PAPERS = N_("Papers")
_MODELS = N_("Model")
_TEAMS = N_("Security team")
_OF_AREA = (ResidentialArea, "area_id", ("name",))
_OF_MODEL = (CommunityModel, "model_id", ("name",))
_OF_TEAM = (SecurityTeam, "team_id", ("name",))
_OF_UNIT = ((ResidentialArea, "unit_id", ("name",)), (Unit, "unit_id", ("name",)))

#: In the order in which groups are shown when they fit equally well.
SEARCHED = (
    Searched(
        Household,
        N_("Household"),
        title=lambda home: home.head,
        words=lambda home: (home.citizen_id, home.phone, home.address),
        detail=lambda home, look: (_born(home.birth), *_where(home, look)),
        refers=(_OF_AREA,),
        page="households",
        what=lambda home, _look: {"household_id": home.id},
    ),
    Searched(
        ResidentialArea,
        N_("Residential area"),
        title=lambda area: area.name,
        page="households",
        what=lambda area, _look: {"area_id": area.id},
    ),
    Searched(
        Succession,
        N_("Former residential area"),
        title=lambda past: past.old_name,
        words=lambda past: (past.note,) if past.old_name else (),
        detail=lambda past, look: (_area(past.successor_id, look), past.on),
        refers=((ResidentialArea, "successor_id", ("name",)),),
        page="households",
        what=lambda past, _look: {"area_id": past.successor_id},
    ),
    Searched(
        CommunityModel,
        _MODELS,
        title=lambda model: model.name,
        words=lambda model: (model.leader, model.decision_number, model.lead_unit, model.partner_units),
        detail=lambda model, look: (_area(model.area_id, look), model.leader),
        refers=(_OF_AREA,),
        page="models",
        what=lambda model, _look: {"model_id": model.id},
    ),
    Searched(
        ModelPart,
        _MODELS,
        title=lambda part: part.name,
        words=lambda part: (part.leader,),
        detail=lambda part, look: (_named(look(CommunityModel, part.model_id)), part.leader),
        refers=(_OF_MODEL,),
        page="models",
        what=lambda part, _look: {"model_id": part.model_id},
    ),
    Searched(
        SecurityTeam,
        _TEAMS,
        title=lambda team: team.name,
        words=lambda team: (team.decision_number,),
        detail=lambda team, look: (_area(team.area_id, look), team.decision_number),
        refers=(_OF_AREA,),
        page="forces",
        what=lambda team, _look: {"team_id": team.id},
    ),
    Searched(
        TeamMember,
        _TEAMS,
        title=lambda member: member.name,
        detail=lambda member, look: (_named(look(SecurityTeam, member.team_id)), member.birth),
        refers=(_OF_TEAM,),
        page="forces",
        what=lambda member, _look: {"member_id": member.id},
    ),
    Searched(
        TeamTraining,
        _TEAMS,
        title=lambda training: training.title,
        detail=lambda training, look: (_named(look(SecurityTeam, training.team_id)), training.on),
        refers=(_OF_TEAM,),
        page="forces",
        what=lambda training, _look: {"training_id": training.id},
        year=lambda training: training.on.year,
    ),
    Searched(
        Unit,
        N_("Unit"),
        title=lambda unit: unit.name,
        words=lambda unit: (unit.address,),
        detail=lambda unit, _look: (unit.address,),
        page="units",
        what=lambda unit, _look: {"unit_id": unit.id},
    ),
    Searched(
        ModelActivity,
        N_("Activity"),
        title=lambda deed: deed.title or deed.place or deed.note,
        words=lambda deed: (deed.place, deed.note),
        detail=lambda deed, look: (deed.on, _named(look(CommunityModel, deed.model_id)), deed.place),
        refers=(_OF_MODEL,),
        page="activities",
        what=lambda deed, _look: {"activity_id": deed.id},
    ),
    Searched(
        FestivalDay,
        N_("Ngày hội"),
        title=lambda festival: festival.place,
        words=lambda festival: (festival.note,),
        detail=lambda festival, _look: (festival.on,),
        page="festival",
        what=lambda festival, _look: {"site_id": festival.id},
        year=lambda festival: festival.year,
    ),
    Searched(
        OutreachCampaign,
        N_("Outreach campaign"),
        title=lambda outreach: outreach.title,
        words=lambda outreach: (outreach.note,),
        detail=lambda outreach, _look: (outreach.starts_on,),
        page="outreach",
        what=lambda outreach, _look: {"campaign_id": outreach.id},
        year=lambda outreach: outreach.starts_on.year,
    ),
    Searched(
        Award,
        N_("Award"),
        title=lambda award: award.recipient,
        words=lambda award: (
            award.proposal_number,
            award.decision_number,
            award.certificate_number,
            award.merit,
        ),
        detail=lambda award, _look: (award.decision_number, award.decision_date, award.merit),
        page="awards",
        what=lambda award, _look: {"award_id": award.id},
        year=lambda award: award.year,
    ),
    Searched(
        Campaign,
        N_("Campaign"),
        title=lambda campaign: campaign.name,
        detail=lambda campaign, _look: (str(campaign.year),),
        page="commitments",
        what=lambda campaign, _look: {"campaign_id": campaign.id},
        year=lambda campaign: campaign.year,
    ),
    Searched(
        Recognition,
        _PAPERS,
        title=lambda decision: decision.decision_number,
        words=lambda decision: (decision.unit_name, decision.signer),
        detail=lambda decision, _look: (decision.unit_name, decision.decision_date),
        page="recognitions",
        what=lambda decision, _look: {"area_id": decision.unit_id},
        year=lambda decision: decision.year,
    ),
    Searched(
        Certificate,
        _PAPERS,
        title=lambda paper: number_text(paper.number),
        words=lambda paper: (str(paper.number), str(paper.year)),
        detail=lambda paper, look: (_decided(paper, look, "unit_name"), paper.issued_on),
        refers=((Recognition, "recognition_id", ("unit_id", "unit_name")),),
        page="recognitions",
        what=lambda paper, look: {"area_id": _decided(paper, look, "unit_id")},
        year=lambda paper: paper.year,
    ),
    Searched(
        SteeringCommittee,
        _PAPERS,
        title=lambda committee: committee.name,
        words=lambda committee: (committee.decision_number, committee.note),
        detail=lambda committee, _look: (committee.decision_number, committee.decision_date),
        page="outreach",
        what=lambda committee, _look: {"committee_id": committee.id},
    ),
    Searched(
        CoordinationProgramme,
        _PAPERS,
        title=lambda programme: programme.number or programme.partner,
        words=lambda programme: (programme.partner, programme.subject, programme.note),
        detail=lambda programme, _look: (programme.partner, programme.subject, programme.signed_on),
        page="outreach",
        what=lambda programme, _look: {"programme_id": programme.id},
    ),
    Searched(
        ModelStep,
        _PAPERS,
        title=lambda step: step.number or step.by or step.reason,
        words=lambda step: (step.by, step.reason),
        detail=lambda step, look: (_named(look(CommunityModel, step.model_id)), step.by, step.on),
        refers=(_OF_MODEL,),
        page="models",
        what=lambda step, _look: {"model_id": step.model_id},
    ),
    Searched(
        YearStep,
        _PAPERS,
        title=lambda step: step.number or step.by or step.note,
        words=lambda step: (step.by, step.note),
        detail=lambda step, look: (_unit(step, look), step.by, step.on),
        refers=_OF_UNIT,
        page="yearly_board",
        what=lambda step, _look: {"unit_id": step.unit_id, "step": step.step},
        year=lambda step: step.year,
    ),
    Searched(
        Occurrence,
        _PAPERS,
        title=lambda occurrence: occurrence.number,
        detail=lambda occurrence, look: (_unit(occurrence, look), occurrence.on),
        refers=_OF_UNIT,
        page="yearly_board",
        what=lambda occurrence, _look: {"unit_id": occurrence.unit_id, "item": occurrence.item},
        year=lambda occurrence: occurrence.on.year,
    ),
    Searched(
        Commitment,
        _PAPERS,
        title=lambda paper: paper.signed_by or paper.note,
        words=lambda paper: (paper.note,),
        detail=lambda paper, look: (
            _named(look(Campaign, paper.campaign_id)),
            _lives(paper, look, "head"),
            paper.signed_on,
        ),
        refers=((Campaign, "campaign_id", ("name",)), (Household, "household_id", ("head", "area_id"))),
        page="commitments",
        what=lambda paper, look: {
            "campaign_id": paper.campaign_id,
            "area_id": _lives(paper, look, "area_id"),
            "household_id": paper.household_id,
        },
        year=lambda paper: paper.year,
    ),
)
BY_RECORD = {searched.record: searched for searched in SEARCHED}


def words_of(record: object) -> tuple[str, str]:
    """Return the words of the title of a record of ``BY_RECORD`` and its other words, each parted by single spaces."""
    searched = BY_RECORD[type(record)]
    title = words_in(searched.title(record))
    known = set(title)
    others = [word for text in searched.words(record) if text for word in words_in(str(text))]
    return " ".join(title), " ".join(word for word in others if word not in known)


def _named(record: Any) -> str | None:  # noqa: ANN401 - any record that has a name
    return record.name if record else None


def _area(area_id: str | None, look: Look) -> str | None:
    return _named(look(ResidentialArea, area_id)) if area_id else None


def _born(birth: str | None) -> str | None:
    """Return a date of birth as it is shown: 26/07/1965; a year alone stays."""
    try:
        return written(date.fromisoformat(birth or ""))
    except ValueError:
        return birth


def _where(home: Household, look: Look) -> tuple[str | None, str | None]:
    """Return the area and the address, the address not again where it names the area alone."""
    area = _area(home.area_id, look)
    again = bool(area and home.address) and fold(home.address or "") == fold(area or "")
    return area, None if again else home.address


def _unit(record: YearStep | Occurrence, look: Look) -> str | None:
    """Return the name of the unit that a step or an occurrence belongs to; the commune itself needs no name."""
    if record.unit_kind == "commune":
        return None
    area = record.unit_kind == "residential_area"
    return _area(record.unit_id, look) if area else _named(look(Unit, record.unit_id))


def _decided(paper: Certificate, look: Look, field: str) -> str:
    return str(getattr(look(Recognition, paper.recognition_id), field, ""))


def _lives(paper: Commitment, look: Look, field: str) -> str:
    return str(getattr(look(Household, paper.household_id), field, ""))

"""Invents residential areas, their households and the papers of each year."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from antq_desktop.domain.commitments import Campaign, Commitment, CommitmentState
from antq_desktop.domain.households import Household
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.commitments import new_commitment, yearly_id
from antq_desktop.services.generating.draw import Draw
from antq_desktop.services.generating.plan import Batch, Batches, Plan

_HOUSEHOLDS_OF_AN_AREA = 150
_SIZES, _SIZE_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8), (4, 9, 17, 32, 20, 10, 5, 3)
#: Of all areas and years, those in which every household signs; and of the households elsewhere, those that do.
_WHOLE_AREAS, _SIGNING = 0.82, 0.97
_MOVING_A_YEAR = 0.012
_THEMATIC_AREAS, _THEMATIC_SIGNING = 0.25, 0.9
_UNSIGNED = (CommitmentState.ISSUED, CommitmentState.ABSENT, CommitmentState.REFUSED)
_UNSIGNED_WEIGHTS = (45, 45, 10)
#: When the officers have been at every door.
_GOING_ROUND_ENDS = (3, 31)


@dataclass(slots=True)
class Homes:
    """The areas, and how many households of each signed by the end of an assessed period; filled while they are told."""

    plan: Plan
    areas: list[ResidentialArea] = field(default_factory=list)
    shares: dict[tuple[str, int], Ratio] = field(default_factory=dict)

    def begin(self) -> Batches:
        """Tell the areas and the campaigns."""
        plan, draw = self.plan, self.plan.draw("areas")
        names = _area_names(draw, max(1, round(plan.households / _HOUSEHOLDS_OF_AN_AREA)))
        self.areas = [
            ResidentialArea(
                id=draw.id(), unit_code=plan.unit_code, name=name, kind=name.split(" ")[0].lower(), valid_from=date(2010, 1, 1),
            )
            for name in names
        ]  # fmt: skip
        yield self.areas
        yield self._campaigns()

    def settle(self) -> Iterator[tuple[int, Batch]]:
        """Tell area by area its households and their papers, each with how many households are told so far."""
        plan, draw = self.plan, self.plan.draw("households")
        done = 0
        for place, area in enumerate(self.areas):
            left, areas_left = plan.households - done, len(self.areas) - place
            count = (
                left
                if areas_left == 1
                else min(left, max(1, round(left / areas_left * draw.count(70, 130) / 100)))
            )
            homes = [self._household(draw, area) for _ in range(count)]
            done += count
            yield done, homes
            for year in plan.years:
                yield done, self._yearly(draw, area, homes, year)
                yield done, self._thematic(draw, homes, year)

    def _campaigns(self) -> list[Campaign]:
        code = self.plan.unit_code
        kinds = self.plan.catalogues.campaigns.kinds
        campaigns = []
        for year in self.plan.years:
            for kind in kinds.values():
                key = yearly_id(code, year) if kind.yearly else f"{kind.id}-{year}"
                campaigns.append(
                    Campaign(id=key, unit_code=code, year=year, kind=kind.id, name=f"{kind.name}, {year}")
                )
        return campaigns

    def _household(self, draw: Draw, area: ResidentialArea) -> Household:
        plan = self.plan
        head = draw.person(1945, 2001)
        moved = None
        for year in plan.years:
            leaves, on = draw.chance(_MOVING_A_YEAR), draw.day(date(year, 1, 5), date(year, 12, 20))
            if leaves and moved is None and plan.told(on):
                moved = on
        return Household(
            id=draw.id(),
            unit_code=plan.unit_code,
            area_id=area.id,
            head=head.name,
            birth=head.birth,
            citizen_id=head.citizen_id if draw.chance(0.9) else None,
            members=draw.weighted(_SIZES, _SIZE_WEIGHTS),
            phone=draw.phone() if draw.chance(0.6) else None,
            address=area.name,
            residence="living" if moved is None else "moved_away",
            moved_on=moved,
        )

    def _yearly(
        self, draw: Draw, area: ResidentialArea, homes: list[Household], year: int
    ) -> list[Commitment]:
        plan = self.plan
        campaign = Campaign(
            id=yearly_id(plan.unit_code, year), unit_code=plan.unit_code, year=year, kind="", name=""
        )
        share = 1.0 if draw.chance(_WHOLE_AREAS) else _SIGNING
        period_ends = date(year, 10, 31)
        papers, signed, living = [], 0, 0
        for home in homes:
            signs, on = draw.chance(share), draw.day(date(year, 1, 8), date(year, 3, 28))
            otherwise = draw.weighted(_UNSIGNED, _UNSIGNED_WEIGHTS)
            if home.moved_on is not None and home.moved_on < date(year, 1, 1):
                continue
            paper = _paper(
                new_commitment(plan.unit_code, home.id, campaign),
                home,
                on if signs else None,
                otherwise,
                plan,
            )
            papers.append(paper)
            stays = home.moved_on is None or home.moved_on > period_ends
            if stays and paper.state is not CommitmentState.MOVED_AWAY:
                living += 1
                signed += paper.state is CommitmentState.SIGNED
        self.shares[area.id, year] = Ratio(signed, living)
        return papers

    def _thematic(self, draw: Draw, homes: list[Household], year: int) -> list[Commitment]:
        plan = self.plan
        kinds = [kind.id for kind in plan.catalogues.campaigns.kinds.values() if not kind.yearly]
        kind, takes_part = draw.one(kinds), draw.chance(_THEMATIC_AREAS)
        if not takes_part:
            return []
        campaign = Campaign(id=f"{kind}-{year}", unit_code=plan.unit_code, year=year, kind=kind, name="")
        papers = []
        for home in homes:
            signs, on = draw.chance(_THEMATIC_SIGNING), draw.day(date(year, 1, 10), date(year, 9, 30))
            if not signs or not plan.told(on) or (home.moved_on is not None and home.moved_on < on):
                continue
            paper = new_commitment(plan.unit_code, home.id, campaign)
            papers.append(_paper(paper, home, on, CommitmentState.ISSUED, plan))
        return papers


def _paper(
    paper: Commitment, home: Household, on: date | None, otherwise: CommitmentState, plan: Plan
) -> Commitment:
    """Return the paper as it came out: signed on the day ``on`` if there is one and it is told, else ``otherwise``."""
    left = home.moved_on
    if left is not None and left.year <= paper.year and (on is None or left < on):
        return replace(paper, state=CommitmentState.MOVED_AWAY, state_on=left)
    if on is None:
        return replace(paper, state=otherwise, state_on=_told(date(paper.year, *_GOING_ROUND_ENDS), plan))
    if not plan.told(on):
        return replace(paper, state=CommitmentState.ISSUED, state_on=_told(date(paper.year, 1, 8), plan))
    return replace(paper, state=CommitmentState.SIGNED, signed_on=on, signed_by=home.head)


def _told(on: date, plan: Plan) -> date | None:
    return on if plan.told(on) else None


def _area_names(draw: Draw, count: int) -> list[str]:
    """Return so many different names; those of large communes go on with a number."""
    words = draw.words
    names = [f"{name} {part}".strip() for part in words.area_parts for name in words.areas]
    rounds = -(-count // len(names))
    numbered = [f"{name} {turn}" if turn > 1 else name for turn in range(1, rounds + 1) for name in names]
    return [
        f"{draw.one(words.area_kinds)} {name.removeprefix('Xóm ').removeprefix('Bản ')}"
        for name in numbered[:count]
    ]

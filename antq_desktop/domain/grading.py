"""The yearly grading of the movement by points (QĐ 510/QĐ-BCA-V05), a process apart from the recognition under TT 124.

Its points and the bounds of its bands were not seen: the catalogue leaves them out, and nothing is graded until it has them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast, get_args

from antq_desktop.domain.assessment import Result
from antq_desktop.domain.catalogues import CatalogueHead, Table, read_entries, read_head
from antq_desktop.domain.criteria import Status
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPoints:
    """The points that the result of the self-assessment under TT 124 brings."""

    met: int
    not_met: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointGroup:
    """Criteria that are given points together, at ``most`` so many; None: not known.

    ``from_result`` marks the group whose points follow from the result under TT 124, by ``result_points``.
    """

    id: str
    name: str
    legal_basis: str
    status: Status
    most: int | None
    from_result: bool
    result_points: ResultPoints | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One grade, from ``at_least`` points up to the next better one; None: not known."""

    id: str
    name: str
    legal_basis: str
    status: Status
    at_least: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingCatalogue(CatalogueHead):
    """Groups of criteria and, best first, the bands that their points are put into; ``total`` is the most one can have."""

    total: int
    groups: Mapping[str, PointGroup]
    bands: tuple[Band, ...]

    @property
    def complete(self) -> bool:
        """Whether all points and bounds are known, so that it can grade."""
        return all(_known(group) for group in self.groups.values()) and all(
            band.at_least is not None for band in self.bands
        )

    @property
    def grounds(self) -> tuple[Status, ...]:
        """How sure each group and each band is."""
        groups = tuple(group.status for group in self.groups.values())
        return groups + tuple(band.status for band in self.bands)


class PointsDoNotFit(BadInput):
    code = "points-do-not-fit"
    sentence = N_("{points} points do not fit «{group}»: 0 to {most} are possible. Correct the points.")


class UnknownPointGroup(BadInput):
    code = "unknown-point-group"
    sentence = N_(
        "Points cannot be typed for «{group}»: the catalogue of grading has no such group, or its points follow from the result."
    )


def parse_grading(plain: Mapping[str, Any], sha256: str) -> GradingCatalogue:
    """Return the catalogue of grading in ``plain`` (a read TOML document). Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "grading", sha256)
    catalogue = GradingCatalogue(
        **head,
        total=table.count("total", lowest=1),
        groups=read_entries(table, "groups", _group),
        bands=tuple(read_entries(table, "bands", _band).values()),
    )
    table.finish()
    known = [group.most for group in catalogue.groups.values() if group.most is not None]
    if sum(known) > catalogue.total or (
        len(known) == len(catalogue.groups) and sum(known) != catalogue.total
    ):
        raise table.fault(N_("the points of the groups do not add up to the total"), "total")
    bounds = [band.at_least for band in catalogue.bands if band.at_least is not None]
    if bounds and (len(bounds) < len(catalogue.bands) or bounds[-1] != 0 or bounds[0] > catalogue.total):
        raise table.fault(N_("either no band has bounds, or all have, down to 0 points"), "bands")
    if any(better <= worse for better, worse in pairwise(bounds)):
        raise table.fault(N_("the bands must stand from the best to the worst"), "bands")
    return catalogue


def grade(catalogue: GradingCatalogue, points: Mapping[str, int], result: Result | None) -> Band | None:
    """Return the band of ``points`` (by group) and the ``result`` under TT 124.

    None while the catalogue lacks points or bounds, a group has no points yet, or the result is open and asked for.
    Raises PointsDoNotFit, UnknownPointGroup.
    """
    for group_id, given in points.items():
        group = catalogue.groups.get(group_id)
        if group is None or group.from_result:
            raise UnknownPointGroup(group=group_id)
        if given < 0 or (group.most is not None and given > group.most):
            most = catalogue.total if group.most is None else group.most
            raise PointsDoNotFit(points=given, group=group.name, most=most)
    if not catalogue.complete:
        return None
    sums = [_points(group, points.get(group.id), result) for group in catalogue.groups.values()]
    if None in sums:
        return None
    total = sum(one for one in sums if one is not None)
    return next(band for band in catalogue.bands if band.at_least is not None and total >= band.at_least)


def _points(group: PointGroup, given: int | None, result: Result | None) -> int | None:
    if group.result_points is None:
        return given
    if result is None:
        return None
    return group.result_points.met if result == "met" else group.result_points.not_met


def _known(group: PointGroup) -> bool:
    return group.most is not None and (not group.from_result or group.result_points is not None)


def _group(row: Table, group_id: str, name: str) -> PointGroup:
    group = PointGroup(
        id=group_id,
        name=name,
        legal_basis=row.text("legal_basis"),
        status=cast("Status", row.choice("status", get_args(Status))),
        most=row.count("most", lowest=1) if row.has("most") else None,
        from_result=row.flag("from_result"),
        result_points=_result_points(row.table("result_points")) if row.has("result_points") else None,
    )
    points = group.result_points
    if points is not None and not (
        group.from_result and group.most is not None and points.not_met <= points.met <= group.most
    ):
        raise row.fault(N_("the number does not fit"), "result_points")
    return group


def _result_points(row: Table) -> ResultPoints:
    points = ResultPoints(met=row.count("met"), not_met=row.count("not_met"))
    row.finish()
    return points


def _band(row: Table, band_id: str, name: str) -> Band:
    return Band(
        id=band_id,
        name=name,
        legal_basis=row.text("legal_basis"),
        status=cast("Status", row.choice("status", get_args(Status))),
        at_least=row.count("at_least") if row.has("at_least") else None,
    )

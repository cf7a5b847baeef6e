"""The catalogues that the program ships, each read once and only when somebody asks for it."""

from functools import cached_property

from antq_desktop.domain import activities, commitments, community_models, criteria
from antq_desktop.domain.activities import ActivityCatalogue
from antq_desktop.domain.commitments import CampaignCatalogue
from antq_desktop.domain.community_models import ModelCatalogue, RatingCatalogue
from antq_desktop.domain.criteria import Catalogue
from antq_desktop.runtime.catalogue_files import read_shipped


class Catalogues:
    """Words and criteria as data. Each raises FaultyCatalogueFile when its file was changed by hand."""

    @cached_property
    def models(self) -> ModelCatalogue:
        return read_shipped("model-kinds", community_models.parse_models)

    @cached_property
    def activities(self) -> ActivityCatalogue:
        return read_shipped("activity-kinds", activities.parse_activities)

    @cached_property
    def campaigns(self) -> CampaignCatalogue:
        return read_shipped("commitment-campaigns", commitments.parse_campaigns)

    @cached_property
    def ratings(self) -> RatingCatalogue:
        return read_shipped("rating-scales", community_models.parse_ratings)

    @cached_property
    def residential_area_criteria(self) -> Catalogue:
        """The criteria of a residential area: TT 124/2021/TT-BCA, Điều 4."""
        return read_shipped("tt124-2021-dieu4", criteria.parse)

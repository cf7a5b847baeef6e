"""What an office adds to the shipped data: official wording typed in from the paper, catalogues from above, forms of its own."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialWording:
    """The official text of one criterion, typed in once from the paper; it stands beside the shipped wording, never in it.

    ``source`` says which paper it was read from. ``id`` follows from catalogue and item, so that two laptops agree.
    """

    id: str
    unit_code: str
    catalogue_id: str
    item: str
    text: str
    source: str
    typed_by: str
    typed_on: date
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCatalogue:
    """A catalogue that the upper level signed and sent; ``id`` is the SHA-256 (hex) of its file, kept as an attachment."""

    id: str
    unit_code: str
    catalogue_id: str
    catalogue_version: str
    kind: str
    title: str
    issued_by: str
    taken_on: date
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnForm:
    """The text of a form file as this office changed it; ``id`` is the name of the form."""

    id: str
    unit_code: str
    text: str
    version: dict[str, int] = field(default_factory=dict)

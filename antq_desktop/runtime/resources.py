"""Finds the files that travel with the program: catalogues, forms, translations, samples, icons."""

from pathlib import Path

_PACKED = Path(__file__).resolve().parent.parent / "_data"
_ROOT = _PACKED if _PACKED.is_dir() else Path(__file__).resolve().parents[2]

RESOURCES = _ROOT / "resources"
FORMS = _ROOT / "forms"

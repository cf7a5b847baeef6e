"""Finds the bundles in what a person named: files as they are, folders and sticks looked through to the bottom."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from antq_desktop.domain.errors import KnownFailure, NotFound
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import opening
from antq_desktop.exchange.manifest import BundleManifest
from antq_desktop.exchange.names import SUFFIX

#: Folders that systems keep on sticks for themselves.
_SYSTEM = frozenset({"system volume information", "$recycle.bin", "lost+found"})


class NoBundleThere(NotFound):
    code = "no-bundle-there"
    sentence = N_(
        "There is no bundle in «{folder}». Choose the folder or the stick that the commune brought."
    )


def bundles_in(places: Iterable[Path]) -> list[Path]:
    """Return the files to take in, each once: those named, and of folders what is a bundle or cannot be told from one.

    Acknowledgements, requests and other files of this program that lie in a folder are left where they are. Those of a
    folder come laptop by laptop in the order of their logs. Raises NoBundleThere when folders hold none.
    """
    return sorted_out(places)[0]


def sorted_out(places: Iterable[Path]) -> tuple[list[Path], dict[Path, str]]:
    """Return what ``bundles_in`` does, and the files of other kinds that were left in folders, with their kind.

    Raises NoBundleThere.
    """
    named = list(places)
    found: dict[Path, None] = {}
    left: dict[Path, str] = {}
    for place in named:
        if place.is_dir():
            found |= dict.fromkeys(_in_folder(place, left))
        else:
            found[place] = None
    if named and not found:
        raise NoBundleThere(folder=str(named[0]), what="")
    return list(found), left


def _in_folder(folder: Path, left: dict[Path, str]) -> list[Path]:
    """Return the bundles of a folder in order; other files of this program go into ``left``."""
    keys: list[tuple[tuple[str, str, int, int], Path]] = []
    for path in _files(folder):
        key = _key(path)
        if isinstance(key, str):
            left[path] = key
        else:
            keys.append((key, path))
    return [path for _key_of, path in sorted(keys)]


def _files(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if name.casefold() not in _SYSTEM and not name.startswith(".")
        )
        for name in names:
            if name.casefold().endswith(SUFFIX) and not name.startswith("."):
                yield Path(top, name)


def _key(path: Path) -> tuple[str, str, int, int] | str:
    """Return where a bundle belongs in the order of logs, by what it claims; of what is surely no bundle its kind."""
    try:
        claims = opening.look(path).claims
    except (KnownFailure, OSError):
        return "", path.name, 0, 0
    if not isinstance(claims, BundleManifest) or claims.kind != "bundle":
        return claims.kind
    return claims.sender.unit_code, claims.sender.device_id, claims.epoch, claims.seq_from

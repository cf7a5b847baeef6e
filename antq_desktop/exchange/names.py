"""Numbers and names that people follow a file by; they prove nothing and readers never rely on them."""

import re
from datetime import datetime
from secrets import randbits
from uuid import UUID

from antq_desktop.exchange.manifest import BundleManifest, DocumentManifest, EnrolManifest, Manifest

SUFFIX = ".antq"
_WORDS = {"ack": "xac-nhan", "trust": "tin-cay", "catalogue": "danh-muc"}
_SERIES = re.compile(r"[a-z]+(?:-[a-z]+)?-[^-]+-")
_VERSION_7, _VARIANT = 0x7 << 76, 0b10 << 62


def new_id(now: datetime) -> str:
    """Return a UUIDv7 (RFC 9562): 48 bits of milliseconds, then random."""
    millis = int(now.timestamp() * 1000) & (2**48 - 1)
    return str(UUID(int=millis << 80 | _VERSION_7 | randbits(12) << 64 | _VARIANT | randbits(62)))


def file_name(manifest: Manifest) -> str:
    """Return the name a file gets on a stick: plain ASCII, short enough for every file system."""
    short = manifest.bundle_id[-8:]
    unit = manifest.sender.unit_code
    if isinstance(manifest, BundleManifest):
        return f"goi-{unit}-{manifest.epoch}-{manifest.seq_from}-{manifest.seq_to}-{short}{SUFFIX}"
    if isinstance(manifest, EnrolManifest):
        return f"dang-ky-{unit}-{laptop_mark(manifest.sender.device_id)}-{short}{SUFFIX}"
    return f"{_WORDS[manifest.kind]}-{manifest.recipient.unit_code}-{short}{SUFFIX}"


def laptop_mark(device_id: str) -> str:
    """Return the last signs of a laptop's number, which tell the laptops of a commune apart on sheets and in file names."""
    return device_id[-4:]


def trust_name(manifest: DocumentManifest, device_id: str) -> str:
    """Return the name of the trust file that answers the request of one laptop."""
    return f"{_WORDS['trust']}-{manifest.recipient.unit_code}-{laptop_mark(device_id)}-{manifest.bundle_id[-8:]}{SUFFIX}"


def series(name: str) -> str:
    """Return what all names of one kind and one unit begin with; the whole of a name that is none of ours."""
    found = _SERIES.match(name)
    return found.group() if found else name

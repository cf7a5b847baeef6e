"""Sealed bundles on a stick and acknowledgements back: bytes, streams and dataclasses; no database, no window."""

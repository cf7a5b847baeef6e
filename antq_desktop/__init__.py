"""The offline desktop program of a commune's security movement: records, papers and sealed bundles."""

__version__ = "0.1.0"

"""Readers: a file of any known type to `SourceText`, through one `read`."""

from framework_coder.readers.formats import SUFFIXES
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.reading import read, read_all

__all__ = ["SUFFIXES", "ReadOptions", "read", "read_all"]

"""Tables made by people: CSV in any usual encoding, workbooks, Parquet -> text with the row it stands in."""

from sisiwu.foundation.spreadsheets.problems import FileError, Problem
from sisiwu.foundation.spreadsheets.reading import SUFFIXES, TextTable, read_table

__all__ = ["SUFFIXES", "FileError", "Problem", "TextTable", "read_table"]

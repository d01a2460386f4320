"""A user's folder of tables -> the integer relations that schemes are counted over."""

from sisiwu.scoring.datafolder.folder import DataFolder, open_folder
from sisiwu.scoring.datafolder.problems import DataError, Problem

__all__ = ["DataError", "DataFolder", "Problem", "open_folder"]

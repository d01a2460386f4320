"""The typed scheme: what an author wrote, as frozen data.

``load`` reads a folder; ``model`` and ``forms`` say what a scheme is; the other modules read.
"""

from sisiwu.engine.scheme.folder import load, load_catalogue, load_sources
from sisiwu.engine.scheme.model import Scheme

__all__ = ["Scheme", "load", "load_catalogue", "load_sources"]

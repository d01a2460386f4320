"""What a scheme would do to whom, looked at before it is published (N5)."""

from sisiwu.engine.fairness.findings import Finding
from sisiwu.engine.fairness.looking import look

__all__ = ["Finding", "look"]

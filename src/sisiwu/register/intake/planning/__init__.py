"""Rows -> what each asks for, against the register as it stands; nothing is written here."""

from sisiwu.register.intake.planning.plan import Plan
from sisiwu.register.intake.planning.planner import plan

__all__ = ["Plan", "plan"]

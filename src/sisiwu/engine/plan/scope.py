"""One subject alone: which rows its live score has to look at, as conditions on the facts."""

from __future__ import annotations

from dataclasses import dataclass

from sisiwu.engine.plan.expressions import TRUE, Expr, col, op

SUBJECT = op("parameter")
"""The subject's number, given when the statement is run."""


@dataclass(frozen=True)
class Scope:
    """``of``: organization, member, or branch (the members of the organization that is scored)."""

    of: str

    def who(self) -> Expr:
        """Those who are scored, as a condition on the relation of subjects."""
        return op("=", col("branch") if self.of == "branch" else col("subject"), SUBJECT)

    def facts(self, sort: str, reach: set[str]) -> Expr:
        """The facts (``sort`` organization or member) that anybody scored may count."""
        subject = col("f.subject")
        match self.of, sort:
            case "organization", "organization":
                return op("=", subject, SUBJECT)
            case "organization", _:
                return op("in_branch", subject)
            case "member", "member":
                return op("with_colleagues", subject) if "colleagues" in reach else op("=", subject, SUBJECT)
            case "member", _:
                return op("in_posts", subject)
            case "branch", "member":
                return op("branch_with_colleagues", subject) if "colleagues" in reach else op("in_branch", subject)
            case "branch", _:
                return op("in_branch_posts", subject)
        return TRUE

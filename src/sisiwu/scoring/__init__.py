"""Scoring (计分): facts and a scheme to scores, on whichever database holds the facts."""

"""The engine (引擎): scheme in, SQL out, scores explained. Pure Python: no Django, no clock, no network."""

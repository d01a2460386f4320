"""Settings: ``base`` for all; ``demo``, ``test`` and ``production`` say how they differ."""

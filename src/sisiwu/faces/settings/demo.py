"""The demonstration: one-click sign-in as anybody of the cast, on this machine only."""

from sisiwu.faces.settings.base import *  # noqa: F403

SISIWU_DEMO = True
SECRET_KEY = "demonstration only"  # noqa: S105 - the demo keeps nothing secret and listens on this machine
WHITENOISE_USE_FINDERS = True

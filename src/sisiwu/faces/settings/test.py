"""Tests: cheap hashing, the demo's sign-in, a database in memory unless ``SISIWU_DATABASE`` says otherwise."""

import os
import tempfile
from pathlib import Path

from sisiwu.faces.settings.base import *  # noqa: F403
from sisiwu.faces.settings.base import DATABASES, LOGGING, MIDDLEWARE

# The browser of the journeys runs a loop in the same process as other tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
SISIWU_DEMO = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING["root"]["level"] = "CRITICAL"  # what a test provokes is asserted, not printed
SISIWU_EVIDENCE = Path(tempfile.mkdtemp(prefix="sisiwu-evidence-"))
SISIWU_REST_RATE = ""
SECRET_KEY = "tests only"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
if not os.environ.get("SISIWU_DATABASE"):
    DATABASES["default"]["NAME"] = ":memory:"
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE"}
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")  # served files are tried by the journeys

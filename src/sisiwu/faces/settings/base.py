"""What holds everywhere. SQLite by default; PostgreSQL by ``SISIWU_DATABASE=postgresql://…``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.csp import CSP

ROOT = Path(__file__).resolve().parents[4]
VAR = Path(os.environ.get("SISIWU_VAR", ROOT / "var"))

SISIWU_SCHEMES = ROOT / "schemes"
SISIWU_IN_FORCE = {"organizations": "2018/organizations", "members": "2018/members"}
SISIWU_DEMO = False
SISIWU_FILING_NUMBER = os.environ.get("SISIWU_FILING_NUMBER", "")
SISIWU_OWNER = os.environ.get("SISIWU_OWNER", "")
"""备案编号 and whose this is, for the about page (R14)."""
SISIWU_WORKING_HOURS = (9, 17)
"""From, until (hours): reminders go out between them, on working days (R15)."""
SISIWU_EVIDENCE = VAR / "evidence"
SISIWU_REST_RATE = os.environ.get("SISIWU_REST_RATE", "600/min")
"""Requests per token in each server process; empty: no limit."""

SECRET_KEY = os.environ.get("SISIWU_SECRET", "")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("SISIWU_HOSTS", "127.0.0.1,localhost").split(",")

FLOORS = [
    "sisiwu.foundation.ui", "sisiwu.foundation.accounts", "sisiwu.foundation.audit", "sisiwu.foundation.inbox",
    "sisiwu.foundation.receipts", "sisiwu.foundation.evidence", "sisiwu.foundation.workdays", "sisiwu.foundation.feedback",
    "sisiwu.foundation.documents", "sisiwu.foundation.officers", "sisiwu.foundation.tokens",
    "sisiwu.register.organizations", "sisiwu.register.members", "sisiwu.register.positions",
    "sisiwu.register.detachments", "sisiwu.register.transfers", "sisiwu.register.admissions",
    "sisiwu.register.intake",
    "sisiwu.ledger", "sisiwu.scoring", "sisiwu.activities.entries", "sisiwu.activities.meetings",
    "sisiwu.activities.articles", "sisiwu.activities.trainings", "sisiwu.activities.visits",
    "sisiwu.activities.service_hours", "sisiwu.activities.commendations", "sisiwu.activities.assignments",
    "sisiwu.activities.spot_checks", "sisiwu.faces.web", "sisiwu.faces.rest",
]  # fmt: skip
INSTALLED_APPS = [
    *FLOORS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "ninja",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sisiwu.faces.web.failures.LostSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "sisiwu.foundation.audit.middleware.AddressMiddleware",
    "sisiwu.faces.rest.middleware.OneShapeMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sisiwu.faces.web.shell.shell",
            ]
        },
    }
]
ROOT_URLCONF = "sisiwu.faces.web.urls"
WSGI_APPLICATION = "sisiwu.faces.web.wsgi.application"
CSRF_FAILURE_VIEW = "sisiwu.faces.web.failures.stale_form"


def _database() -> dict[str, object]:
    address = os.environ.get("SISIWU_DATABASE", "")
    if address.startswith("postgres"):
        parts = urlsplit(address)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or parse_qs(parts.query).get("host", [""])[0],
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": address.removeprefix("sqlite:///") or VAR / "sisiwu.sqlite3",
        "OPTIONS": {
            # 16 writers: 458 refusals with Django's defaults, 0 with these (stack.md, section 4).
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA temp_store=MEMORY;"
            "PRAGMA mmap_size=268435456;PRAGMA cache_size=-20000;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        # On disk, so that all processes of the server share it: a session that is ended is ended for each of them,
        # and wrong passwords are counted together.
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # What a user mistyped (4xx) is told to the user, not to the log; what broke (5xx) comes with its traceback.
    "loggers": {"django.request": {"level": "ERROR"}},
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [path] if (path := VAR / "assets").is_dir() else []

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "sisiwu.faces.web.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/5m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "四四五"
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
"""A meeting of a thousand members has two fields for each; Django's limit is a thousand in all."""

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DJANGO_TABLES2_TEMPLATE = "ui/list.html"
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}

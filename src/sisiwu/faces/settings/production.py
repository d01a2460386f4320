"""A real installation: secrets from the environment, https only."""

from sisiwu.faces.settings.base import *  # noqa: F403
from sisiwu.faces.settings.base import SECRET_KEY

if not SECRET_KEY:
    raise RuntimeError("请先设置 SISIWU_SECRET（50 个以上的随机字符）。")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

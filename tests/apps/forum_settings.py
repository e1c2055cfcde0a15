"""Settings of the forum under test: the project's own development settings, with the database of this run."""

import os

from forum.settings.dev import *  # noqa: F403

ALLOWED_HOSTS = [".localhost", "127.0.0.1"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["FORUM_DATABASE"],
        "OPTIONS": {"timeout": 20},
    }
}
# Posting twice within seconds is what the tests are for.
ST_RATELIMIT_ENABLE = False
ST_DOUBLE_POST_THRESHOLD_MINUTES = 0
DEBUG = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING = {}

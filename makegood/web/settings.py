"""Settings, one file; what differs between places comes from the environment.

| variable              | meaning                                              | default               |
|-----------------------|------------------------------------------------------|-----------------------|
| DATABASE_URL          | the database                                         | SQLite in var/        |
| MAKEGOOD_HOME         | where the database, uploads and built assets are kept | var/ beside the code  |
| MAKEGOOD_SECRET_KEY   | signs sessions; 50 random signs                      | made once, kept in home |
| MAKEGOOD_DEMO         | 1: example data, sign-in by one click                | 0                     |
| MAKEGOOD_DEBUG        | 1: tracebacks in the browser                         | 0                     |
| MAKEGOOD_HOSTS        | host names served, by commas                         | localhost             |
| MAKEGOOD_HTTPS        | 0: served without TLS (localhost only)               | 0 for localhost, else 1 |
| MAKEGOOD_BEHIND_PROXY | 1: the web server in front says what came by TLS, and overwrites X-Forwarded-Proto | 0 |
| MAKEGOOD_ADDRESS      | where people find this Makegood, for links in e-mail | the first host        |
| MAKEGOOD_EMAIL_URL    | smtps://user:password@host, or smtp+tls://… for STARTTLS, or smtp://… in the open | written to home/mail |
| MAKEGOOD_EMAIL_FROM   | who e-mail comes from                                | makegood@localhost    |
| MAKEGOOD_SECURITY_CONTACT | whom to tell of a weakness: an e-mail address, or https://… | not said      |
| MAKEGOOD_CONTROLLER, MAKEGOOD_CONTROLLER_CONTACT | who answers for personal data here, and how to reach them | not said |
| MAKEGOOD_DPULO_BOARD, MAKEGOOD_DPULO_STAFF, MAKEGOOD_DPULO_VOLUNTEERS | of each, how many per cent are disabled people in a DPULO | 75, 50, 50 |
| MAKEGOOD_WITHHOLD_MOST_YEARS | for how many years at most a part of a contract is kept from the public | 5 |
| MAKEGOOD_LEDGER_KEY_FILE | where the private key that signs the ledger is kept, for its owner alone | ledger-key in home |
| MAKEGOOD_LEDGER_KEY   | that key itself, in place of a file                  | none                  |
| MAKEGOOD_LEDGER_ORIGIN | what the ledger is called in its checkpoints; settled with its first key | the host, then /ledger |
| MAKEGOOD_KEEP_UNCONFIRMED_DAYS | after how many days an account goes that was never confirmed nor used | 30 |
| MAKEGOOD_KEEP_CODES_DAYS | the same for signs that were sent to confirm an address | 7 |
| MAKEGOOD_KEEP_PREVIEWS_DAYS | the same for the rows of a file of figures that nobody kept or threw away | 30 |
| MAKEGOOD_WATCHED_FOLDER, MAKEGOOD_WATCHED_BY | where machines put files of figures, and the e-mail address of who sends them | no folder |
| MAKEGOOD_KEEP_LETTERS_DAYS | the same for letters written to files | 7 |
| MAKEGOOD_KEEP_INVITATIONS_DAYS | the same for the address of an invitation that ran out unanswered | 90 |
| MAKEGOOD_KEEP_NOTICES_DAYS | the same for notices of what happened | 180 |
| MAKEGOOD_KEEP_READINGS_DAYS | the same for the notes of what auditors read | 730 |
| MAKEGOOD_KEEP_OPERATORS_LOG_DAYS | the same for the log of what operators changed by hand | 730 |
| MAKEGOOD_KEEP_CALLS_DAYS | after how many days a call that was asked for ends, if nobody was reached | 60 |
| MAKEGOOD_KEEP_COMPLAINTS_DAYS | after how many days the words of a complaint go that was answered | 1095 |
| MAKEGOOD_KEEP_SCANS_YEARS | for how many years after a contract ended the scans of its signatures are kept | 6 |
| MAKEGOOD_OCID_PREFIX  | the registered prefix of contracting processes in open data | ocds-213czf, an example |
| MAKEGOOD_OIDC_URL     | an OpenID Connect provider that people may sign in with | none               |
| MAKEGOOD_OIDC_NAME    | what people call it                                  | its host name         |
| MAKEGOOD_OIDC_CLIENT_ID, MAKEGOOD_OIDC_CLIENT_SECRET | what it knows this Makegood by |          |
| MAKEGOOD_OIDC_TRUSTED | 1: an e-mail address it vouches for opens the account of that address | 0    |
"""

import os
import secrets
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url
from django.contrib.messages import constants as messages

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("MAKEGOOD_HOME", ROOT / "var"))
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)  # for whoever runs it alone


def _switch(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _count(name: str, *, default: int) -> int:
    """Return a whole number, 1 or more; anything else is refused as Makegood starts."""
    said = os.environ.get(name, "").strip() or str(default)
    if not said.isdecimal() or int(said) < 1:
        raise ValueError(f"{name} is “{said}”. Give a whole number, 1 or more.")
    return int(said)


def _per_cent(name: str, *, default: int) -> int:
    """Return so many per cent, 0 to 100; anything else is refused as Makegood starts."""
    said = os.environ.get(name, "").strip() or str(default)
    if not said.isdecimal() or int(said) not in range(101):
        raise ValueError(f"{name} is “{said}”. Give a whole number of per cent, 0 to 100.")
    return int(said)


def _secret_key() -> str:
    """Return the key from the environment, or one made once and kept readable by its owner alone."""
    if key := os.environ.get("MAKEGOOD_SECRET_KEY"):
        return key
    kept = HOME / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


def _mail_server() -> SplitResult:
    """Return where letters go out, or nothing; what is no mail server is refused as Makegood starts."""
    said = os.environ.get("MAKEGOOD_EMAIL_URL", "").strip()
    server = urlsplit(said)
    if said and not (server.scheme in {"smtp", "smtp+tls", "smtps"} and server.hostname):
        raise ValueError("MAKEGOOD_EMAIL_URL is no mail server. Give smtps://user:password@host.")
    return server


DEBUG = _switch("MAKEGOOD_DEBUG")
DEMO = _switch("MAKEGOOD_DEMO")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("MAKEGOOD_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
]
HTTPS = _switch("MAKEGOOD_HTTPS", default="localhost" not in ALLOWED_HOSTS)
BEHIND_PROXY = _switch("MAKEGOOD_BEHIND_PROXY")

ADDRESS = os.environ.get(
    "MAKEGOOD_ADDRESS",
    f"https://{ALLOWED_HOSTS[0]}" if HTTPS else f"http://{ALLOWED_HOSTS[0]}:8000",
).rstrip("/")

# What every contracting process of this place begins with in open contracting data. The standard's own
# example, until a prefix is registered: https://standard.open-contracting.org/1.1/en/guidance/
OCID_PREFIX = os.environ.get("MAKEGOOD_OCID_PREFIX", "ocds-213czf")

INSTALLED_APPS = [
    "makegood.kernel",
    "makegood.people",
    "makegood.measures",
    "makegood.articulate",
    "makegood.contract",
    "makegood.capture",
    "makegood.assess",
    "makegood.web",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "makegood.web.even_pace.even_pace",  # outermost, so that it waits for all that was done
    "makegood.web.middleware.guard_answers",  # before all that may answer by itself
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "makegood.people.hats.hats",
    "makegood.web.middleware.RefusalMiddleware",
    "makegood.web.too_often.TooOftenMiddleware",  # before it is asked who it is: counted once
    "makegood.web.still_you.StillYouMiddleware",
    "makegood.web.operators_door.OperatorsDoorMiddleware",
]

ROOT_URLCONF = "makegood.web.urls"
WSGI_APPLICATION = "makegood.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            ROOT / "makegood" / "web" / "templates",
            ROOT / "makegood" / "web" / "components",
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "makegood.web.context.surroundings",
            ],
        },
    }
]

# The database. SQLite writers queue instead of failing, what was acknowledged is on disk, and what
# was deleted is overwritten. PostgreSQL compiles no plan: that takes longer than a page's questions.
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{HOME / 'makegood.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "makegood_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and sign-in.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_validators = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validators}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_validators}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_validators}.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
_forms = "makegood.web.sign_in_forms"
ACCOUNT_FORMS = {
    "login": f"{_forms}.LoginForm",
    "signup": f"{_forms}.SignupForm",
    "request_login_code": f"{_forms}.RequestLoginCodeForm",
    "confirm_login_code": f"{_forms}.ConfirmLoginCodeForm",
    "confirm_email_verification_code": f"{_forms}.ConfirmEmailForm",
    "add_email": f"{_forms}.AddEmailForm",
    "change_password": f"{_forms}.ChangePasswordForm",
    "set_password": f"{_forms}.SetPasswordForm",
    "reset_password": f"{_forms}.ResetPasswordForm",
    "reset_password_from_key": f"{_forms}.ResetPasswordKeyForm",
    "reauthenticate": f"{_forms}.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": f"{_forms}.SecondStepForm",
    "reauthenticate": f"{_forms}.SecondStepAgainForm",
    "activate_totp": f"{_forms}.SetUpAppForm",
    "add_webauthn": f"{_forms}.AddPasskeyForm",
    "signup_webauthn": f"{_forms}.SignUpPasskeyForm",
    "edit_webauthn": f"{_forms}.RenamePasskeyForm",
}
SOCIALACCOUNT_FORMS = {"signup": f"{_forms}.SignUpFromElsewhereForm"}
ACCOUNT_SIGNUP_FORM_CLASS = "makegood.people.forms.NameForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_ADAPTER = "makegood.web.adapters.PlainAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Tries are counted for each account and, far more of them, for each address on the network: the
# people of one office, or one library, come from one address.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/5m/ip,5/5m/key",
    "signup": "60/m/ip",
    "request_login_code": "100/m/ip,3/5m/key",
    "reset_password": "100/m/ip,3/5m/key",
    "reset_password_from_key": "100/m/ip",
    "reauthenticate": "10/m/user",
}
# Everything else that is counted: how it is asked and the name of its address (makegood/web/urls.py),
# then how often for each network address (ip), each person (user) and each link or thing (key).
# At most an hour each: docs/privacy.md says so.
RATE_LIMITS = {
    "POST:tell_story": "300/h/ip,60/h/key",
    "POST:ask_for_call": "100/h/ip,30/h/key",
    "POST:cancel_call": "300/h/ip,20/h/key",
    "POST:complain": "100/h/ip,30/h/key",
    "POST:complain_with_story": "100/h/ip,10/h/key",
    "POST:end_complaint": "300/h/ip,20/h/key",
    "POST:my_story": "300/h/ip,20/h/key",
    "POST:withdraw_story": "300/h/ip,20/h/key",
    "POST:add_to_story": "300/h/ip,40/h/key",
    "POST:raise_concern": "300/h/ip,20/h/key",
    "POST:send_my_link": "100/h/ip,5/h/key",
    "POST:send_my_call": "100/h/ip,5/h/key",
    "POST:send_my_complaint": "100/h/ip,5/h/key",
    "POST:remove_from_story": "300/h/ip,40/h/key",
    "POST:demo_sign_in": "300/h/ip",
    "POST:register_organisation": "100/h/ip,10/h/user",
    "POST:claim_organisation": "10/h/user",
    "POST:name_successor": "20/h/user",
    "POST:name_predecessor": "20/h/user",
    "POST:report_duplicate": "10/h/user",
    "POST:ask_for_adviser": "20/h/user",
    "POST:invite": "50/h/user,100/h/key",
    "POST:send_invitation_again": "50/h/user,5/h/key",
    "POST:ask_question": "30/h/user",
    "POST:need_invitations": "50/h/user,100/h/key",
    "POST:upload_alternative": "50/h/user",
    "POST:open_story_link": "50/h/user",
    "POST:reply_to_finding": "50/h/user",
    "POST:upload_figures": "50/h/user",
    "POST:add_document": "50/h/user",
    "POST:bring_worksheet_back": "50/h/user",
    "POST:bring_figures_back": "50/h/user",
    "POST:send_figures": "50/h/user",
    "POST:bring_in": "50/h/user",
    "POST:record_paper_signature": "50/h/user",
    "POST:proposal_writers": "50/h/user,100/h/key",
    "POST:attachments": "50/h/user",
    "POST:take_my_data": "10/h/user",
    "GET:poster_as_pdf": "50/h/user",
    "GET:paper_form_as_pdf": "50/h/user",
    "GET:contract_record": "50/h/user",
    "GET:schedule_as_pdf": "300/h/ip",
    "GET:schedule_as_word": "300/h/ip",
    "GET:programme_record": "20/h/user",
}
SIGN_IN_STEP = 0.25
"""Seconds: what signs in answers after one of these, or two, whoever was asked for."""
# Sign-in with an account elsewhere.
OIDC_URL = os.environ.get("MAKEGOOD_OIDC_URL", "")
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [], "OAUTH_PKCE_ENABLED": True}}
if OIDC_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "elsewhere",
            "name": os.environ.get("MAKEGOOD_OIDC_NAME", urlsplit(OIDC_URL).hostname),
            "client_id": os.environ.get("MAKEGOOD_OIDC_CLIENT_ID", ""),
            "secret": os.environ.get("MAKEGOOD_OIDC_CLIENT_SECRET", ""),
            "settings": {"server_url": OIDC_URL},
        }
    ]
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = _switch("MAKEGOOD_OIDC_TRUSTED")
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = SOCIALACCOUNT_EMAIL_AUTHENTICATION
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_ADAPTER = "makegood.web.adapters.SealingAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = "Makegood"
MFA_RATE_LIMITS = {"webauthn_login": "100/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

SESSION_ENGINE = "makegood.people.sessions"

# Personal data: who answers for it, and for how many days it is kept (docs/privacy.md).
CONTROLLER = os.environ.get("MAKEGOOD_CONTROLLER", "").strip()
CONTROLLER_CONTACT = os.environ.get("MAKEGOOD_CONTROLLER_CONTACT", "").strip()
KEEP_UNCONFIRMED_DAYS = _count("MAKEGOOD_KEEP_UNCONFIRMED_DAYS", default=30)
KEEP_CODES_DAYS = _count("MAKEGOOD_KEEP_CODES_DAYS", default=7)
KEEP_PREVIEWS_DAYS = _count("MAKEGOOD_KEEP_PREVIEWS_DAYS", default=30)
KEEP_LETTERS_DAYS = _count("MAKEGOOD_KEEP_LETTERS_DAYS", default=7)
KEEP_INVITATIONS_DAYS = _count("MAKEGOOD_KEEP_INVITATIONS_DAYS", default=90)
KEEP_NOTICES_DAYS = _count("MAKEGOOD_KEEP_NOTICES_DAYS", default=180)
KEEP_READINGS_DAYS = _count("MAKEGOOD_KEEP_READINGS_DAYS", default=730)
KEEP_OPERATORS_LOG_DAYS = _count("MAKEGOOD_KEEP_OPERATORS_LOG_DAYS", default=730)
KEEP_CALLS_DAYS = _count("MAKEGOOD_KEEP_CALLS_DAYS", default=60)
KEEP_COMPLAINTS_DAYS = _count("MAKEGOOD_KEEP_COMPLAINTS_DAYS", default=1095)
KEEP_SCANS_YEARS = _count("MAKEGOOD_KEEP_SCANS_YEARS", default=6)
WITHHOLD_MOST_YEARS = _count("MAKEGOOD_WITHHOLD_MOST_YEARS", default=5)

# When figures are due: where the contract does not say; and when those who owe them are reminded.
FIGURES_WITHIN_DAYS = _count("MAKEGOOD_FIGURES_WITHIN_DAYS", default=30)
REMIND_DAYS_BEFORE = _count("MAKEGOOD_REMIND_DAYS_BEFORE", default=7)
REMIND_DAYS_AFTER = _count("MAKEGOOD_REMIND_DAYS_AFTER", default=3)
TELL_BUYER_DAYS_AFTER = _count("MAKEGOOD_TELL_BUYER_DAYS_AFTER", default=21)

# What makes a disabled people's user-led organisation: the least share of each, in per cent.
DPULO_SHARES = {
    "board": _per_cent("MAKEGOOD_DPULO_BOARD", default=75),
    "staff": _per_cent("MAKEGOOD_DPULO_STAFF", default=50),
    "volunteers": _per_cent("MAKEGOOD_DPULO_VOLUNTEERS", default=50),
}

# The ledger: what signs its checkpoints, and what it is called in them (docs/ledger.md).
LEDGER_KEY_FILE = Path(os.environ.get("MAKEGOOD_LEDGER_KEY_FILE", HOME / "ledger-key"))
LEDGER_KEY = os.environ.get("MAKEGOOD_LEDGER_KEY", "").strip()
LEDGER_ORIGIN = os.environ.get("MAKEGOOD_LEDGER_ORIGIN", "").strip()

# Words and times.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
USE_TZ = True

# Assets are built into makegood/web/static/built, gathered by `makegood serve`.
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Uploads.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["makegood.web.uploads.BoundedFileUploadHandler"]
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
STORY_FILE_MAX_BYTES = 40 * 1024 * 1024
ERASURES = Path(os.environ.get("MAKEGOOD_ERASURES", HOME / "erasures.jsonl"))
"""Where it is noted what was erased; a backup that is restored erases it again (docs/privacy.md)."""
SCANNER = os.environ.get("MAKEGOOD_SCANNER", "")
"""A virus scanner (clamd) that is asked about files: ``host:port``, or the path of its socket."""
FIGURES_MAX_BYTES = 200 * 1024 * 1024
WATCHED_FOLDER = os.environ.get("MAKEGOOD_WATCHED_FOLDER", "")
WATCHED_BY = os.environ.get("MAKEGOOD_WATCHED_BY", "")
LARGER_UPLOADS = {"send_figures": FIGURES_MAX_BYTES, "add_to_story": STORY_FILE_MAX_BYTES}
"""Addresses, by name, that take larger files than others."""

# E-mail.
_mail = _mail_server()
EMAIL_BACKEND = "makegood.kernel.letters.post.LetterBox"
LETTERS_BACKEND = (
    f"django.core.mail.backends.{'smtp' if _mail.hostname else 'filebased'}.EmailBackend"
)
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_PORT = _mail.port or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("MAKEGOOD_EMAIL_FROM", "makegood@localhost")

# Safety.
SECURITY_CONTACT = os.environ.get("MAKEGOOD_SECURITY_CONTACT", "").strip()
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "makegood.web.views.errors.session_ended"
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
_content = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
_never = (
    "accelerometer autoplay camera display-capture fullscreen geolocation gyroscope hid "
    "idle-detection local-fonts magnetometer microphone midi payment picture-in-picture "
    "screen-wake-lock serial storage-access usb xr-spatial-tracking"
)
_ourselves = "publickey-credentials-create publickey-credentials-get"
GUARDING_HEADERS = {
    "Content-Security-Policy": "; ".join(f"{part} {whence}" for part, whence in _content.items()),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [f"{part}=()" for part in _never.split()]
        + [f"{part}=(self)" for part in _ourselves.split()]
    ),
}
"""Sent with every answer: only our own scripts and styles, nothing inline, no text turned into code."""

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
MESSAGE_TAGS = {messages.SUCCESS: "success", messages.ERROR: "error"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "makegood.web.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
}

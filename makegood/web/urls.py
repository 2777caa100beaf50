"""Root addresses: each room's own, and those of the pages about several."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.socialaccount.providers.openid_connect.views import callback as come_back
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path

from makegood.kernel.admin import LookOnly
from makegood.web import tile_addresses  # noqa: F401  it makes tiles known to addresses
from makegood.web.views import (
    compare,
    elsewhere,
    ledger,
    log,
    measures,
    my_data,
    own,
    portfolio,
    privacy,
    public,
    record,
    still_you,
    workbench,
)

# Staff sign in where tries are counted; putting it in place of its own is allauth's way.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth asks
for kept_out in (Group, SocialApp, SocialToken):  # rights come of roles, and providers of settings
    admin.site.unregister(kept_out)
for looked_at in (Authenticator, EmailAddress, SocialAccount):  # allauth would let them be changed
    admin.site.unregister(looked_at)
    admin.site.register(looked_at, LookOnly, exclude=["extra_data"])
admin.site.enable_nav_sidebar = False  # its script makes code of text, which our policy forbids

urlpatterns = [
    path("", public.home, name="home"),
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("portfolio/table.csv", portfolio.portfolio_table, name="portfolio_table"),
    path("promises/", portfolio.promises, name="promises"),
    path("promises/table.csv", portfolio.promises_table, name="promises_table"),
    path("promises/<str:reference>/", public.promise, name="promise"),
    path("", include("makegood.people.urls")),
    path("organisations/<slug:slug>/", public.organisation, name="organisation"),
    path("", include("makegood.measures.urls")),
    path("measures/<slug:slug>/used-by/", measures.measure_uses, name="measure_uses"),
    path("", include("makegood.articulate.urls")),
    path("needs/<str:reference>/compare/", compare.compare, name="compare"),
    path("needs/<str:reference>/compare/table.csv", compare.compare_table, name="compare_table"),
    path("", include("makegood.contract.urls")),
    path("", include("makegood.capture.urls")),
    path("", include("makegood.assess.urls")),
    path("robots.txt", public.robots, name="robots"),
    path(".well-known/security.txt", public.security, name="security"),
    path("favicon.ico", public.favicon, name="favicon"),
    path("desk/", own.desk, name="desk"),
    path("my/data/", my_data.my_data, name="my_data"),
    path("my/data/take/", my_data.take_my_data, name="take_my_data"),
    path("my/data/erase/", my_data.erase_me, name="erase_me"),
    path("demo/", own.demo_sign_in, name="demo_sign_in"),
    path("contracts/<str:reference>/record.zip", record.contract_record, name="contract_record"),
    path("programmes/<slug:slug>/workbench/", workbench.workbench, name="workbench"),
    path(
        "programmes/<slug:slug>/workbench/table.csv",
        workbench.workbench_table,
        name="workbench_table",
    ),
    path("programmes/<slug:slug>/record.zip", record.programme_record, name="programme_record"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/checkpoint", log.checkpoint, name="checkpoint"),
    path("ledger/checkpoint/<int:size>", log.checkpoint_kept, name="checkpoint_kept"),
    path("ledger/tile/entries/<entry_tile:place>", log.tile_of_entries, name="tile_of_entries"),
    path("ledger/tile/<hash_tile:place>", log.tile, name="tile"),
    path("ledger/verify_ledger.py", ledger.verifier, name="verifier"),
    path("ledger/<path:stream>/<int:seq>/proof", log.proof, name="entry_proof"),
    path("ledger/<path:stream>/<int:seq>/", ledger.entry, name="entry"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/record.csv", privacy.record_of_processing, name="record_of_processing"),
    path("privacy/assessment.md", privacy.impact_assessment, name="impact_assessment"),
    path("about/", public.about, name="about"),
    path("components/", public.components, name="components"),
    path("accounts/still-you/", still_you.CodeAgainView.as_view(), name="still_you"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-step/", include("allauth.mfa.urls")),
    path("accounts/elsewhere/", include("allauth.socialaccount.urls")),
    path(
        "accounts/oidc/<str:provider_id>/login/",
        elsewhere.go_elsewhere,
        name="openid_connect_login",
    ),
    path(
        "accounts/oidc/<str:provider_id>/login/callback/",
        come_back,
        name="openid_connect_callback",
    ),
    path("admin/", admin.site.urls),
]

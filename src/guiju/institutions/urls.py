"""Addresses. The language comes first; the API and what belongs to no language stand beside."""

from __future__ import annotations

from django.urls import URLResolver, include, path, register_converter

from guiju.institutions.hall import views as hall
from guiju.institutions.hall.addresses import Language, LanguagePrefix
from guiju.institutions.notary.views import receipt
from guiju.institutions.people.accounts import urls as accounts

register_converter(Language, "lang")

urlpatterns = [
    URLResolver(LanguagePrefix(), [path("account/", include(accounts.urlpatterns))]),  # type: ignore[arg-type]  # a pattern of ours
    *accounts.without_language,
    path("", hall.choose_language, name="root"),
    path("log/", include("guiju.institutions.notary.log_urls")),
    path("api/", include("guiju.institutions.portal.api_urls")),
    path("<lang:lang>/rules/", include("guiju.institutions.rules.urls")),
    path("<lang:lang>/check/", include("guiju.institutions.portal.check.urls")),
    path("<lang:lang>/record/", include("guiju.institutions.notary.urls")),
    path("<lang:lang>/receipt/", receipt, name="receipt"),
    path("<lang:lang>/example/", include("guiju.institutions.demo.urls")),
    path("<lang:lang>/register/", include("guiju.institutions.register.urls")),
    path("<lang:lang>/ethics/", include("guiju.institutions.ethics.urls")),
    path("<lang:lang>/desk/systems/", include("guiju.institutions.register.desk_urls")),
    path("<lang:lang>/desk/ethics/", include("guiju.institutions.ethics.desk_urls")),
    path("<lang:lang>/desk/", include("guiju.institutions.people.urls")),
    path("<lang:lang>/invitation/", include("guiju.institutions.people.invitation_urls")),
    path("<lang:lang>/about/", include("guiju.institutions.hall.urls")),
    path("<lang:lang>/", include("guiju.institutions.portal.urls")),
]

handler400 = "guiju.institutions.hall.errors.bad_request"
handler403 = "guiju.institutions.hall.errors.forbidden"
handler404 = "guiju.institutions.hall.errors.not_found"
handler429 = "guiju.institutions.people.accounts.views.too_many"
handler500 = "guiju.institutions.hall.errors.server_error"

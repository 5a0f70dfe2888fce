"""Addresses. The language comes first; the API and what belongs to no language stand beside."""

from __future__ import annotations

from django.urls import include, path, register_converter

from guiju.institutions.hall import views as hall
from guiju.institutions.hall.addresses import Language

register_converter(Language, "lang")

urlpatterns = [
    path("", hall.choose_language, name="root"),
    path("api/", include("guiju.institutions.portal.api_urls")),
    path("<lang:lang>/rules/", include("guiju.institutions.rules.urls")),
    path("<lang:lang>/check/", include("guiju.institutions.portal.check.urls")),
    path("<lang:lang>/example/", include("guiju.institutions.demo.urls")),
    path("<lang:lang>/about/", include("guiju.institutions.hall.urls")),
    path("<lang:lang>/", include("guiju.institutions.portal.urls")),
]

handler400 = "guiju.institutions.hall.errors.bad_request"
handler403 = "guiju.institutions.hall.errors.forbidden"
handler404 = "guiju.institutions.hall.errors.not_found"
handler500 = "guiju.institutions.hall.errors.server_error"

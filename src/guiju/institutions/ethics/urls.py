"""Addresses below ``/<lang>/ethics/``: what everybody may read of ethics review."""

from django.urls import path

from guiju.institutions.ethics.views import public_pages

urlpatterns = [
    path("", public_pages.listed, name="ethics-public"),
    path("guiju/", public_pages.own, name="ethics-own"),
    path("committees/<slug:body>/", public_pages.committee, name="ethics-committee"),
    path("decisions/<slug:case>/", public_pages.decision, name="ethics-decision"),
    path("decisions/<slug:case>.json", public_pages.file, name="ethics-decision-file"),
]

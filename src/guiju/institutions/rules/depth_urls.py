"""Addresses of how far the rules go and of the sign-off queue."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from guiju.institutions.rules import coverage_page, signoff_page

urlpatterns = [
    path("coverage/", coverage_page.how_far, name="rules-coverage"),
    path("coverage", RedirectView.as_view(pattern_name="rules-coverage", permanent=True), name="rules-coverage-bare"),
    path("sign-off/", signoff_page.queue, name="rules-signoff"),
    path(
        "sign-off",
        RedirectView.as_view(pattern_name="rules-signoff", permanent=True, query_string=True),
        name="rules-signoff-bare",
    ),
]

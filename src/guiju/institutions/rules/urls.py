"""Addresses below ``/<lang>/rules/``: the lists first, then whatever id of a rule the rest of the address is."""

from django.urls import path

from guiju.institutions.rules import calendar_urls, depth_urls, list_page, rule_page, terms_urls

urlpatterns = [
    path("", list_page.rules, name="rules"),
    *terms_urls.urlpatterns,
    *calendar_urls.urlpatterns,
    *depth_urls.urlpatterns,
    path("<path:identifier>", rule_page.rule, name="rule"),
]

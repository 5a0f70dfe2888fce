"""Addresses below ``/<lang>/check/``; every page of a check is private, whoever wrote it."""

from django.urls import URLPattern, path

from guiju.institutions.portal.check import question_urls, result_urls, store_urls
from guiju.institutions.portal.check.private import private

OPEN = frozenset({"check"})
"""Pages that anybody may find."""


def _private(one: URLPattern) -> URLPattern:
    return one if one.name in OPEN else path(str(one.pattern), private(one.callback), one.default_args, one.name)


urlpatterns = [_private(one) for one in (*store_urls.urlpatterns, *question_urls.urlpatterns, *result_urls.urlpatterns)]

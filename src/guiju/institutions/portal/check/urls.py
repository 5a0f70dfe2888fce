"""Addresses below ``/<lang>/check/``; every page of a check is private, whoever wrote it."""

from typing import Final

from django.urls import URLPattern, path

from guiju.institutions.portal.check import question_urls, result_urls, store_urls
from guiju.institutions.portal.check.private import READ, private

OPEN: Final = frozenset({"check"})
"""Pages that anybody may find."""

BOTH: Final = (*READ, "POST")

METHODS: Final = {
    **dict.fromkeys(
        ("check-home", "check-since", "check-dossier", "check-ask", "check-result", "check-duty", "check-file"), READ
    ),
    **dict.fromkeys(("shared-result", "shared-duty", "shared-file", "colleague"), READ),
    **dict.fromkeys(("check-share", "check-keep"), ("POST",)),
}
"""What an address takes where it is not both shown and sent to."""


def _private(one: URLPattern) -> URLPattern:
    name = str(one.name)
    if name in OPEN:
        return one
    return path(str(one.pattern), private(one.callback, name, METHODS.get(name, BOTH)), one.default_args, name)


urlpatterns = [_private(one) for one in (*store_urls.urlpatterns, *question_urls.urlpatterns, *result_urls.urlpatterns)]

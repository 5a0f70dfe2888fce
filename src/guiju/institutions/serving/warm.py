"""The application of the web process, ready to answer: rules read, addresses resolved, before the first request comes."""

from __future__ import annotations

from django.urls import get_resolver

from guiju.institutions.hall.edition import facts_on, site_corpus, site_today
from guiju.institutions.wsgi import application

site_corpus()
facts_on(site_today(), site_today())
get_resolver().url_patterns  # noqa: B018  # reading it imports every view

__all__ = ["application"]

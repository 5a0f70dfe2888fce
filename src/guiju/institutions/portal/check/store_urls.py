"""Addresses of the start of a check, of what was read, and of its links."""

from django.urls import path

from guiju.institutions.portal.check import keeping, links, read, since, start

urlpatterns = [
    path("", start.start, name="check"),
    path("start", start.begin, name="check-start"),
    path("<str:key>/", links.home, name="check-home"),
    path("<str:key>/read", read.read, name="check-read"),
    path("<str:key>/links", links.links, name="check-links"),
    path("<str:key>/links/<int:number>", since.since, name="check-since"),
    path("<str:key>/keep", keeping.keep, name="check-keep"),
    path("<str:key>/links/delete", links.everything, name="check-delete"),
    path("<str:key>/dossier.yaml", links.dossier, name="check-dossier"),
]

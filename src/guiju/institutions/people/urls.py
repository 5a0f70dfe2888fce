"""Addresses below ``/<lang>/desk/``."""

from django.urls import path

from guiju.institutions.people.views import (
    body_pages,
    desk_page,
    keeping_pages,
    member_pages,
    organisation_pages,
    person_pages,
)

urlpatterns = [
    path("", desk_page.desk, name="desk"),
    path("calendar", person_pages.calendar, name="desk-calendar"),
    path("calendar/<str:key>.ics", person_pages.feed, name="desk-feed"),
    path("me", person_pages.person, name="person"),
    path("me/data.json", person_pages.data, name="person-data"),
    path("me/delete", person_pages.delete, name="person-delete"),
    path("organisation", organisation_pages.found, name="organisation-found"),
    path("organisations/<slug:handle>/", organisation_pages.organisation, name="organisation"),
    path("organisations/<slug:handle>/edit", organisation_pages.edit, name="organisation-edit"),
    path("organisations/<slug:handle>/identifiers", organisation_pages.identifiers, name="organisation-identifiers"),
    path("organisations/<slug:handle>/invite", member_pages.invite, name="organisation-invite"),
    path("organisations/<slug:handle>/invitations/<int:number>", member_pages.invitation, name="organisation-invitation"),
    path("organisations/<slug:handle>/give-role", member_pages.give_role, name="organisation-give-role"),
    path("organisations/<slug:handle>/end-role", member_pages.end_role, name="organisation-end-role"),
    path("organisations/<slug:handle>/leave", member_pages.leave, name="organisation-leave"),
    path("organisations/<slug:handle>/body", body_pages.found, name="body-found"),
    path("bodies/<slug:body>/", body_pages.body, name="body"),
    path("bodies/<slug:body>/seat", body_pages.offer, name="seat-offer"),
    path("bodies/<slug:body>/end", body_pages.end_body, name="body-end"),
    path("seats/<slug:seat>/end", body_pages.end, name="seat-end"),
    path("seats/<slug:seat>/leave", body_pages.leave, name="seat-leave"),
    path("keeping/", keeping_pages.keeping, name="keeping"),
    path("keeping/identifiers/<int:number>", keeping_pages.confirm, name="identifier-confirm"),
    path("keeping/merge", keeping_pages.merge, name="organisation-merge"),
]

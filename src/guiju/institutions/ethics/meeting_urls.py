"""Addresses below ``/<lang>/desk/ethics/meetings/``."""

from django.urls import path

from guiju.institutions.ethics.views import letter_pages, meeting_pages

urlpatterns = [
    path("of/<slug:body>/new", meeting_pages.call, name="meeting-call"),
    path("of/<slug:body>/templates", letter_pages.templates, name="committee-templates"),
    path("letters/<slug:case>", letter_pages.ethics_letter, name="ethics-letter"),
    path("letters/applications/<slug:case>", letter_pages.application_letter, name="application-letter"),
    path("<slug:meeting>/", meeting_pages.meeting, name="meeting"),
    path("<slug:meeting>/minutes", letter_pages.minutes, name="meeting-minutes"),
]

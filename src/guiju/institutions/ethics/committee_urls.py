"""Addresses below ``/<lang>/desk/ethics/committees/``."""

from django.urls import path

from guiju.institutions.ethics.views import (
    board,
    charter_pages,
    committee_pages,
    duty_pages,
    edition_pages,
    import_pages,
    report_pages,
)

urlpatterns = [
    path("<slug:body>/", board.board, name="committee"),
    path("<slug:body>/record.json", board.record, name="committee-record"),
    path("<slug:body>/set-up", charter_pages.set_up, name="committee-set-up"),
    path("<slug:body>/charter", charter_pages.charter, name="committee-charter"),
    path("<slug:body>/edition", edition_pages.edition, name="committee-edition"),
    path("<slug:body>/members", committee_pages.seats, name="committee-seats"),
    path("<slug:body>/members/<slug:seat>", committee_pages.describe, name="committee-describe"),
    path("<slug:body>/registration", committee_pages.registration, name="committee-registration"),
    path("<slug:body>/report/<int:year>", report_pages.report, name="committee-report"),
    path("<slug:body>/duties", duty_pages.duties, name="committee-duties"),
    path("<slug:body>/import", import_pages.bring, name="committee-import"),
    path("<slug:body>/import/template", import_pages.template, name="committee-template"),
]

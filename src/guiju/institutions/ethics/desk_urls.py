"""Addresses below ``/<lang>/desk/ethics/``: committees, cases from each side, meetings."""

from django.urls import include, path

from guiju.institutions.ethics.views import applications, cases, lists, publishing_pages

urlpatterns = [
    path("", lists.listed, name="ethics"),
    path("committees/", include("guiju.institutions.ethics.committee_urls")),
    path("meetings/", include("guiju.institutions.ethics.meeting_urls")),
    path("cases/<slug:case>/", cases.case, name="ethics-case"),
    path("cases/<slug:case>/step", cases.step, name="ethics-step"),
    path("cases/<slug:case>/file", cases.file, name="ethics-file"),
    path("cases/<slug:case>/public", publishing_pages.propose, name="ethics-publish"),
    path("publish/<slug:body>/", publishing_pages.unit, name="ethics-publish-unit"),
    path("publish/<slug:body>/<slug:case>/", publishing_pages.release, name="ethics-release"),
    path("publish/<slug:body>/<slug:case>/withdraw", publishing_pages.withdraw, name="ethics-withdraw"),
    path("of/<slug:handle>/apply", applications.new, name="application-new"),
    path("applications/<slug:case>/", cases.application, name="application"),
    path("applications/<slug:case>/papers", applications.edit, name="application-edit"),
    path("applications/<slug:case>/apply", applications.apply, name="application-apply"),
    path("applications/<slug:case>/step", cases.application_step, name="application-step"),
    path("applications/<slug:case>/file", cases.application_file, name="application-file"),
    path("re-reviews/<slug:case>/", cases.rereview, name="re-review"),
    path("re-reviews/<slug:case>/step", cases.rereview_step, name="re-review-step"),
    path("re-reviews/<slug:case>/file", cases.rereview_file, name="re-review-file"),
    path("re-reviews/<slug:case>/opinion/", cases.opinion, name="re-review-opinion"),
    path("re-reviews/<slug:case>/opinion/step", cases.opinion_step, name="re-review-opinion-step"),
    path("re-reviews/<slug:case>/opinion/file", cases.opinion_file, name="re-review-opinion-file"),
]

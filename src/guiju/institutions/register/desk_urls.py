"""Addresses below ``/<lang>/desk/systems/``: what organisations do with their systems."""

from django.urls import path

from guiju.institutions.register.views import corrections, entry, filings, kept, parties, results, systems, versions

urlpatterns = [
    path("", systems.listed, name="systems"),
    path("of/<slug:handle>/new", systems.new, name="system-new"),
    path("filings/<slug:filing>", filings.filing, name="system-filing"),
    path("parties/<slug:party>", parties.shown, name="system-party"),
    path("parties/<slug:party>/end", parties.end, name="system-party-end"),
    path("corrections/<slug:correction>", corrections.answer, name="correction"),
    path("checks/<slug:kept>", kept.shown, name="kept-check"),
    path("edited/<slug:kept>", versions.back, name="system-back"),
    path("<slug:system>/", systems.home, name="system"),
    path("<slug:system>/edit", systems.edit, name="system-edit"),
    path("<slug:system>/versions", versions.listed, name="system-versions"),
    path("<slug:system>/versions/<int:number>.yaml", versions.file, name="system-version-file"),
    path("<slug:system>/open", versions.edit, name="system-open"),
    path("<slug:system>/results", results.run, name="system-results"),
    path("<slug:system>/results/<int:number>", results.shown, name="system-result"),
    path("<slug:system>/results/<int:number>.json", results.file, name="system-result-json"),
    path("<slug:system>/results/<int:number>.html", results.html, name="system-result-html"),
    path("<slug:system>/filings", filings.new, name="system-filing-new"),
    path("<slug:system>/parties", parties.new, name="system-party-new"),
    path("<slug:system>/public", entry.write, name="system-write"),
    path("<slug:system>/public/draft", entry.draft, name="system-draft"),
    path("<slug:system>/public/publish", entry.publish, name="system-publish"),
    path("<slug:system>/public/withdraw", entry.withdraw, name="system-withdraw"),
]

"""Addresses below ``/<lang>/record/``."""

from django.urls import path

from guiju.institutions.notary import views

urlpatterns = [
    path("", views.record_page, name="record"),
    path("verify", views.verify, name="record-verify"),
    path("<int:position>", views.entry, name="record-entry"),
    path("<int:position>/bundle.json", views.bundle, name="record-bundle"),
]

"""Addresses below ``/<lang>/register/``: what anybody reads, and how anybody says that it is wrong."""

from django.urls import path

from guiju.institutions.register.views import corrections, public

urlpatterns = [
    path("", public.listed, name="register"),
    path("objection", corrections.objection, name="correction-object"),
    path("<slug:system>", public.shown, name="register-system"),
    path("<slug:system>/versions/<int:number>", public.version, name="register-version"),
    path("<slug:system>/versions/<int:number>.json", public.file, name="register-file"),
    path("<slug:system>/correction", corrections.ask, name="correction-ask"),
]

"""Addresses of the question pages of a check."""

from django.urls import path

from guiju.institutions.portal.check import colleague, question

urlpatterns = [
    path("for/<str:token>", colleague.colleague, name="colleague"),
    path("for/<str:token>/<str:kind>/<path:identifier>/<str:name>", colleague.question_for, name="colleague-question"),
    path("<str:key>/ask", question.ask, name="check-ask"),
    path("<str:key>/ask/aside", question.aside, name="check-aside"),
    path("<str:key>/ask/<str:kind>/<path:identifier>/<str:name>", question.question, name="check-question"),
]

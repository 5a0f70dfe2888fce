"""Addresses of the question pages of a check."""

from django.urls import path

from guiju.institutions.portal.check import colleague, question, question_answers, question_aside, question_forms

urlpatterns = [
    path("for/<str:token>", colleague.colleague, name="colleague"),
    path("for/<str:token>/<str:kind>/<path:identifier>/<str:name>", colleague.question_for, name="colleague-question"),
    path("<str:key>/ask", question.ask, name="check-ask"),
    path("<str:key>/ask/aside", question_aside.aside, name="check-aside"),
    path("<str:key>/ask/answers", question_answers.answers, name="check-answers"),
    path("<str:key>/ask/form.xlsx", question_forms.form_file, name="check-form"),
    path("<str:key>/ask/form", question_forms.returned, name="check-form-return"),
    path("<str:key>/ask/<str:kind>/<path:identifier>/<str:name>", question.question, name="check-question"),
]

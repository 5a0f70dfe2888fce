"""The application of the web process, ready to answer: rules read, pages compiled, before the first request comes.

What is made here stays: it is taken out of the sight of Python's collector, which would else walk through all rules again and
again while somebody waits. Through the reports that are kept, which are many and hold no circles, it walks seldom. And a thread
that holds the interpreter lets another one have it after a millisecond instead of five, so that a short page need not wait for
a long one.
"""

from __future__ import annotations

import gc
import sys
from typing import Final

from django.template import engines
from django.urls import get_resolver

from guiju.assess import assess, to_json
from guiju.assess.report import report_of
from guiju.institutions.hall.edition import facts_on, search_on, site_corpus, site_today
from guiju.institutions.serving.front import Front
from guiju.institutions.wsgi import application as answering
from guiju.subjects import dossier_from
from guiju.wording import LANGUAGES

TURN: Final = 0.001
"""Seconds after which a thread lets another one run."""

COLLECTING: Final = (5000, 20, 50)
"""How much is made before Python's collector walks. Over a hundred results, kept, it then never walks through all of them; as
Python has it (700, 10, 10) it does thirty times, up to a quarter of a second each. Circles held meanwhile: some 10 MB."""


def warm() -> None:
    """Make once what every page, every rule and every result needs."""
    get_resolver().url_patterns  # noqa: B018  # reading it imports every view
    templates = engines["jinja2"].env  # type: ignore[attr-defined]  # of Django's Jinja2 backend
    for name in templates.list_templates(extensions=("jinja",)):
        templates.get_template(name)
    today = site_today()
    facts = facts_on(today, today)
    facts.uses  # noqa: B018  # kept once it was asked for
    next((facts.links_in(norm) for norm in facts.norms.values()), None)
    search_on(today, today).find("17")
    empty = dossier_from("system: {id: system}\n", "warm", site_corpus().vocabulary)
    found = assess(empty, site_corpus(), today)
    document = to_json(found)
    for lang in LANGUAGES:
        report_of(found, lang, document=document)


warm()
application = Front(answering)
gc.collect()
gc.freeze()
gc.set_threshold(*COLLECTING)
sys.setswitchinterval(TURN)

__all__ = ["application"]

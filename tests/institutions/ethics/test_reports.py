"""The report of a year is of that year: how things stood when they were done, and what was late by its end."""

from datetime import date, timedelta

import pytest
from tests.institutions.ethics.house import APPLIES, House, accepted, by, by_applicant, decided, house, stands

from guiju.calendars import fixed
from guiju.institutions.ethics import reports
from guiju.institutions.ethics.models import Condition

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 31)


@pytest.fixture
def home() -> House:
    with fixed(date(2026, 3, 2)):
        return house(days=700)


@pytest.mark.parametrize(("due", "late"), [(LAST - timedelta(1), 1), (LAST, 1), (LAST + timedelta(1), 0)])
def test_a_condition_of_the_last_day_of_the_year_is_late_once_the_year_is_over(home: House, due: date, late: int) -> None:
    with fixed(date(2026, 4, 1)):
        case = decided(home, case=accepted(home))
        row = home.committee.acts.get(step="decide")
        Condition.objects.create(case=case, number=1, text="A notice", due=due, set_by=row)
    with fixed(due):
        assert reports.report_on(home.committee, due.year)["conditions"]["overdue"] == 0  # the day itself is still theirs
    with fixed(date(2027, 2, 1)):
        assert reports.report_on(home.committee, 2026)["conditions"] == {"set": 1, "met": 0, "open": 1, "overdue": late}


def test_a_decision_counts_under_the_procedure_in_which_it_was_made(home: House) -> None:
    with fixed(date(2026, 4, 1)):
        case = accepted(home, route="simplified", not_above_minimal_risk=True)
        by(home, "chair", case, "name_panel", {"panel": [home.seat("zheng"), home.seat("su")]})
        for name in ("zheng", "su"):
            by(home, name, case, "opine", {"opinion": "agree"})
        said = {"outcome": "approve", "reasons_given": True, "departs": False, "digest": stands(case).digest}
        by(home, "chair", case, "decide_simplified", said)
    with fixed(date(2026, 5, 1)):
        by_applicant(home, case, "report_change", {"risk_assessed": True})
        by(home, "chair", case, "reassess", {"outcome": "review_anew", "reasons_given": True})
        by(home, "ye", case, "accept", {**APPLIES, "items_missing": 0, "route": "general", "reasons_given": True})
        decided(home, case=case)
    with fixed(date(2027, 2, 1)):
        assert reports.report_on(home.committee, 2026)["decisions"] == [
            {"outcome": "approve", "route": "general", "count": 1},
            {"outcome": "approve", "route": "simplified", "count": 1},
        ]

"""The law of information: what is settled stays settled when more is said (language, section 4)."""

from hypothesis import HealthCheck, given, settings
from tests.norms.laws import law_of_information
from tests.strategies.worlds import pairs


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs())
def test_what_is_settled_stays_settled(pair):
    law_of_information(pair)

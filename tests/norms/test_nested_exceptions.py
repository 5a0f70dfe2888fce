"""Every norm's value equals that of a second evaluator written over the nested form (language, section 6)."""

import pytest
from hypothesis import HealthCheck, given, settings
from tests.norms.agreement import LEFT_TO_THE_ENGINE, agree, nothing_open
from tests.strategies.narrowing import pairs
from tests.strategies.worlds import cases

pytestmark = pytest.mark.slow

SETTINGS = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=60, **SETTINGS)
@given(pairs())
def test_the_same_in_worlds_known_in_part(pair):
    assert agree(pair.program, pair.less) <= LEFT_TO_THE_ENGINE
    assert agree(pair.program, pair.more) <= LEFT_TO_THE_ENGINE


@settings(max_examples=40, **SETTINGS)
@given(cases(fully=True))
def test_the_same_and_nothing_open_in_worlds_known_wholly(case):
    assert agree(case.program, case.world) <= LEFT_TO_THE_ENGINE
    nothing_open(case.program, case.world)

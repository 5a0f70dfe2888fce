"""The law of information: what is settled stays settled when more is said (language, section 4)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.norms.laws import law_of_information
from tests.strategies.narrowing import pairs
from tests.strategies.wishing import program_on

from guiju.norms import answer

pytestmark = pytest.mark.slow

SETTINGS = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}
CORNERS = {
    "any": (),
    "exceptions": ("eu/ai-act/5.1.ba#practice", "eu/ai-act/5.1.f#practice", "eu/ai-act/3.40", "eu/ai-act/6.2"),
    "roles": ("eu/ai-act/25.2#cooperation", "eu/ai-act/9", "eu/ai-act/16", "eu/ai-act/26.7"),
    "clocks": ("cn/algorithm-provisions/24.1", "cn/algorithm-provisions/24.3", "cn/pipl/55.2", "cn/algorithm-provisions/25#file"),
    "models": ("eu/ai-act/51.1", "eu/ai-act/53.1.a", "eu/ai-act/53.2", "eu/ai-act/111.3"),
    "content": (
        "cn/labelling-measures/6.1.1",
        "cn/labelling-measures/9#keep",
        "eu/ai-act/50.4",
        "cn/gb-45438-2025/text-elements",
    ),
}
"""Where worlds are drawn around; the law is asked of every norm in all of them."""


@pytest.mark.parametrize("among", CORNERS.values(), ids=CORNERS)
@settings(max_examples=60, **SETTINGS)
@given(data=st.data())
def test_what_is_settled_stays_settled(among, data):
    law_of_information(data.draw(pairs(among)))


def test_the_worlds_drawn_reach_the_law():
    """Enough scopes, acts and days are settled, and enough become so, that the law has something to say."""
    seen = {"settled": 0, "held": 0, "became": 0, "met": 0, "clocks": 0, "fines": 0, "transitional": 0}

    @settings(max_examples=60, database=None, **SETTINGS)
    @given(
        pairs(
            ("eu/ai-act/50.2", "eu/ai-act/53.1.a", "cn/algorithm-provisions/24.1", "cn/algorithm-provisions/31"),
            program_on("2026-11-21"),
        )
    )
    def look(pair):
        less, more = answer(pair.program, pair.less), answer(pair.program, pair.more)
        seen["settled"] += sum(row.in_scope.settled for row in less.rows)
        seen["held"] += sum(row.in_scope.value == "yes" for row in less.rows)
        seen["became"] += sum(row.in_scope.settled for row in more.rows) - sum(row.in_scope.settled for row in less.rows)
        seen["met"] += sum(row.met is not None and row.met.met is not None and row.met.met.settled for row in less.rows)
        seen["clocks"] += sum(bool(row.met and row.met.clock and row.met.clock.due) for row in less.rows)
        seen["fines"] += sum(
            bool(tier.fine and tier.fine.at_most) for row in more.rows for one in row.sanctions for tier in one.tiers
        )
        seen["transitional"] += sum(row.timing.status == "transitional" for row in more.rows)

    look()
    assert all(count >= 10 for count in seen.values()), seen

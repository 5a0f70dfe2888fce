"""A small vocabulary for the tests that need a known one."""

from tests.strategies.logic import Vocabulary

from guiju.logic import parse_type

TYPES = {
    "put_own_name": "bool",
    "eu.high_risk": "bool",
    "domain": "enum(employment, credit, health)",
    "markets": "set(EU, CN, US)",
    "staff": "number(person)",
    "members_present": "number(person)",
    "turnover": "number(EUR)",
    "log_retention": "duration",
    "placed_on_market": "date",
}
ROW = Vocabulary({"profiling": parse_type("bool"), "task": parse_type("enum(filter_applications, rank)")})
SCOPE = Vocabulary({name: parse_type(written) for name, written in TYPES.items()}, {"purposes": ROW})

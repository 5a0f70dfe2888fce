"""One subject: which rules fall on it, with what force, from which day, what is unknown and why, each with its clause."""

from guiju.assess.compare import AnswerChange, compare
from guiju.assess.document import SCHEMA, Assessment, assess, to_json
from guiju.assess.interview import Counts, Interview
from guiju.assess.page import page_lines
from guiju.assess.questions import Question, questions_of

__all__ = [
    "SCHEMA",
    "AnswerChange",
    "Assessment",
    "Counts",
    "Interview",
    "Question",
    "assess",
    "compare",
    "page_lines",
    "questions_of",
    "to_json",
]

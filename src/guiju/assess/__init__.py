"""One subject: which rules fall on it, with what force, from which day, what is unknown and why, each with its clause."""

from guiju.assess.document import SCHEMA, Assessment, assess, to_json
from guiju.assess.page import page_lines
from guiju.assess.questions import Question, questions_of

__all__ = ["SCHEMA", "Assessment", "Question", "assess", "page_lines", "questions_of", "to_json"]

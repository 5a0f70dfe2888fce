"""Scored questionnaires: official assessments that give points for answers, with their editions and their official arithmetic.

A questionnaire is data of a book of rules; an answer map is scored under the edition that it was given for, never another.
"""

from guiju.questionnaires.answers import Answers, Asking, Remark, answers_from, answers_of, check_answers, read_answers
from guiju.questionnaires.errors import QuestionnaireError
from guiju.questionnaires.model import Arithmetic, Question, Questionnaire, Section, Source, Titles
from guiju.questionnaires.reading import read_questionnaire
from guiju.questionnaires.report import score_json, score_texts
from guiju.questionnaires.scoring import Counted, Score, score, shown_questions
from guiju.questionnaires.shelf import Shelf, shelf_of

__all__ = [
    "Answers",
    "Arithmetic",
    "Asking",
    "Counted",
    "Question",
    "Questionnaire",
    "QuestionnaireError",
    "Remark",
    "Score",
    "Section",
    "Shelf",
    "Source",
    "Titles",
    "answers_from",
    "answers_of",
    "check_answers",
    "read_answers",
    "read_questionnaire",
    "score",
    "score_json",
    "score_texts",
    "shelf_of",
    "shown_questions",
]

"""What can be wrong with a questionnaire or with answers to it."""

from guiju.wording import GuijuError


class QuestionnaireError(GuijuError):
    """A questionnaire, an edition of one or an answer to one that cannot be taken as it stands."""

"""The words of English texts that numbers, modality and parties are read by. Data; how it is used stands beside each use."""

from __future__ import annotations

import re
from typing import Final

from guiju.verify.chinese import AT_LEAST, AT_MOST, ENCOURAGEMENT, LESS, MORE, OBLIGATION, PERMISSION, PROHIBITION

NUMBER_WORDS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip

UNITS: Final = {
    "working day": "working-day", "business day": "working-day", "day": "day", "month": "month", "year": "year",
    "hour": "hour", "minute": "minute", "second": "second", "week": "week", "time": "times", "person": "person", "%": "percent",
    "per cent": "percent", "percent": "percent",
}  # fmt: skip
SCALES: Final = {"million": 1_000_000, "billion": 1_000_000_000}
EVERY: Final = {
    "annual": "year", "annually": "year", "yearly": "year", "every year": "year", "each year": "year", "per year": "year",
    "a year": "year", "monthly": "month", "every month": "month", "a month": "month", "weekly": "week", "a week": "week",
    "daily": "day", "a day": "day", "an hour": "hour",
}  # fmt: skip
FRACTIONS: Final = {
    "two thirds": (2, 3), "two-thirds": (2, 3), "one third": (1, 3), "one-third": (1, 3), "three quarters": (3, 4),
    "three-quarters": (3, 4), "half": (1, 2),
}  # fmt: skip

BOUNDS_BEFORE: Final = {
    "at least": AT_LEAST, "not less than": AT_LEAST, "no less than": AT_LEAST, "not fewer than": AT_LEAST,
    "no fewer than": AT_LEAST, "minimum of": AT_LEAST, "not earlier than": AT_LEAST, "no earlier than": AT_LEAST,
    "up to": AT_MOST, "not exceeding": AT_MOST, "not exceed": AT_MOST, "no more than": AT_MOST, "not more than": AT_MOST,
    "no later than": AT_MOST, "not later than": AT_MOST, "within": AT_MOST, "at most": AT_MOST, "maximum of": AT_MOST,
    "no longer than": AT_MOST, "not longer than": AT_MOST, "at the latest": AT_MOST,
    "more than": MORE, "greater than": MORE, "higher than": MORE, "longer than": MORE, "exceeding": MORE, "exceeds": MORE,
    "over": MORE, "above": MORE,
    "fewer than": LESS, "less than": LESS, "lower than": LESS, "under": LESS, "below": LESS, "shorter than": LESS,
}  # fmt: skip
BOUNDS_AFTER: Final = {
    "or more": AT_LEAST, "or longer": AT_LEAST, "or above": AT_LEAST, "or over": AT_LEAST,
    "or less": AT_MOST, "or fewer": AT_MOST, "or below": AT_MOST, "at most": AT_MOST, "at the latest": AT_MOST,
}  # fmt: skip

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

MODALS: Final = {
    PROHIBITION: (
        "shall not", "may not", "must not", "shall neither", "shall be prohibited", "is prohibited", "are prohibited",
        "in no case shall", "shall in no case",
    ),
    OBLIGATION: ("shall", "must", "is required to", "are required to"),
    PERMISSION: (
        "may", "shall be able to", "shall have the choice", "shall have unlimited jurisdiction", "shall be authorised to",
        "is empowered to", "are empowered to", "shall be empowered to", "shall have the right to",
        "shall have the power to", "shall have the powers to", "has the right to", "is entitled to", "are entitled to",
        "shall be entitled to",
    ),
    ENCOURAGEMENT: ("should", "is encouraged to", "are encouraged to", "shall be encouraged", "encourages", "supports"),
}  # fmt: skip
TOLD: Final = {
    PROHIBITION: ("shall not", "may not", "must not", "is prohibited", "are prohibited", "is forbidden", "are forbidden"),
    OBLIGATION: ("shall", "must", "required to", "has to", "have to"),
}
"""The words by which a summary says that something is owed or forbidden; “may” is in too many of them by the way."""
SUMMARY_WORDS: Final = {
    PERMISSION: re.compile(
        r"\b(?:may|can|need not|needs not|needs? no|free|obliged|not have to|entitled|allowed|left|leaves?|without|not required"
        r"|choose|choice|choices|touch|affect|stays?|powers?|fulfils?|way|rights?|enough|suffices?|stand|instead)\b",
        re.IGNORECASE,
    ),
    PROHIBITION: re.compile(
        r"\b(?:not|no|never|only|without|prohibit\w*|forbid\w*|nobody|none|neither|nor|refuse\w*|nothing|unless|cannot|ban\w*"
        r"|before|out|alone|free of charge|until|nowhere|avoid\w*|abstain\w*)\b",
        re.IGNORECASE,
    ),
}
"""A summary of a permission has a word that frees, one of a prohibition a word that denies."""
FREES_FIRST: Final = re.compile(
    r"(?:(?:If|Where|When|For|On|After|Before|In|With|At|From|Until)\b[^,]*,\s*)?"
    r"(?:(?!\b(?:that|which|who|so)\b)[^,.;]){0,60}"
    r"\b(?:may|need not|is free to|are free to|do(?:es)? not have to)\b(?! (?:only|not))"
)
BINDS: Final = re.compile(r"\b(?:must|shall|has to|have to|only)\b")
"""A summary that begins by freeing, and binds nobody, is no obligation's."""
FORBIDDING_WITHOUT_MODAL: Final = ("subject to administrative fines", "shall not include", "shall not cover", "shall not extend")
"""What is fined is forbidden."""
NEGATED: Final = ("no ", "in no case ", "neither ")
"""A sentence that begins so forbids by “may” and “shall”."""
NO_MODALS: Final = re.compile(
    r"\b(?:shall|may) not (?:apply|affect|prevent|preclude|be considered|be deemed|be understood|be interpreted|constitute"
    r"|require"
    r"|prejudice|cover|include|extend|concern|limit|exceed)\b"
    r"|\bshall be without prejudice\b|\bas (?:may|can) be\b|\b(?:[0-9]{1,2}|(?i:by|in|before|until|from)) May\b",
)
"""Rules of scope and possibilities: neither forbids nor allows anybody anything."""

LIMITS: Final = re.compile(
    r"\b(?:only|neither|nor|no|not|without|refrain|unless|conditions?|provided that|subject to|except|prior|excluding|exclude"
    r"|at the earliest|to the extent)\b",
    re.IGNORECASE,
)
"""In such a sentence “may” and “shall” also say what must not be, or on which conditions something may be."""
ORDERING: Final = re.compile(r"\b(?:request|require|order|impose|oblige|demand|measures)\b", re.IGNORECASE)
"""Who may be ordered has to obey."""
DUTY_WITHOUT_MODAL: Final = (
    "is responsible", "are responsible", "remain responsible", "remains responsible", "is liable", "applies", "apply",
    "is subject to", "are subject to", "undertakes", "verifies", "examines", "ensures", "is required", "are required",
    "shall not be interpreted as", "without prejudice to the procedural rights",
)  # fmt: skip
RIGHT_WITHOUT_MODAL: Final = (
    "right to",
    "power to",
    "powers to",
    "is conferred",
    "on its own initiative",
    "choice",
    "be able to",
    "be authorised to",
    "preclude",
    "shall not apply",
    "shall not affect",
    "without prejudice",
    "not be required",
    "option",
    "shall not require",
    "voluntar",
    "does not apply",
    "shall not prevent",
    "shall prevent",
    "exempt",
    "free to",
    "not constitute",
)
EFFORTS: Final = ("endeavour", "aim to", "utmost account", "best efforts", "seek to", "facilitate", "encourage", "promote")
FORBIDDING: Final = ("shall not", "may not", "must not", "prohibit")

BEFORE_OBJECTS: Final = (
    "of", "to", "by", "from", "with", "for", "on", "against", "between", "among", "towards", "upon", "under", "than",
    "through", "including", "inform", "informs", "informed", "notify", "notifies", "provide", "request", "requests", "require",
    "requires", "consult", "consulting", "allow", "enable", "assist", "support", "as", "via", "without", "involve",
    "involving", "designate", "appoint", "obliging", "requiring", "informing", "providing", "allowing", "enabling",
    "ask", "order", "invite", "oblige", "permit", "authorise", "exempting", "relieving", "regarding", "concerning",
)  # fmt: skip
DETERMINERS: Final = (
    "the", "a", "an", "any", "each", "such", "other", "that", "those", "its", "their", "his", "her", "relevant", "all", "one",
    "this", "these", "both", "every", "respective", "potential", "new", "said", "particular", "several", "some", "where",
    "applicable", "appropriate", "notifying",
)  # fmt: skip
ELLIPSIS: Final = (
    "and", "or", "but", "it", "they", "he", "she", "also", "then", "however", "where applicable", "where appropriate",
    "as appropriate", "where necessary", "where relevant", "who", "which", "that",
)  # fmt: skip
"""A clause of nothing but these has the subject of the one before it."""
JOINT: Final = re.compile(
    r"\s*,?\s*(?:(?:and|or|and/or|as well as)\b,?)?\s*(?:where (?:applicable|appropriate|relevant),?)?\s*"
    rf"(?:\b(?:{'|'.join(DETERMINERS)})\b\s*)*\Z"
)

SANCTIONS: Final = {
    "order": ("order", "corrective", "request", "require", "bring", "measures"),
    "warn": ("warning",),
    "publicise": ("publish", "public"),
    "suspend": ("suspen",),
    "close": ("withdraw", "recall", "restrict", "prohibit"),
    "revoke": ("withdraw", "revo"),
    "confiscate": ("seiz", "confiscat"),
    "ban": ("prohibit", "restrict"),
    "credit_record": ("record",),
}

STOP_WORDS: Final = frozenset({
    "the", "a", "an", "of", "to", "in", "and", "or", "for", "by", "on", "with", "as", "at", "that", "this", "these", "those",
    "it", "its", "their", "they", "is", "are", "be", "been", "shall", "may", "not", "which", "who", "where", "when", "from",
    "any", "such", "other", "has", "have", "into", "under", "up", "if", "no", "than", "them", "he", "she", "her", "his", "also",
    "only", "must",
})  # fmt: skip

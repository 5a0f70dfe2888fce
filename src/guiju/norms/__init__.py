"""Rules as running data: instruments, legal events, norms, vocabulary, books and editions; and what an edition means on a day."""

from guiju.norms.books import builtin, load_book, read_corpus
from guiju.norms.clocks import ClockReading
from guiju.norms.corpus import Book, Corpus, natural_key
from guiju.norms.duties import Basis, Met, met_of
from guiju.norms.evaluation import Evaluation, Mode, View
from guiju.norms.fields import CorpusError, Fields
from guiju.norms.fines import FineRange, SanctionResult, TierResult, sanction_of
from guiju.norms.flat import FlatProgram
from guiju.norms.force import Binding, Step, force_of
from guiju.norms.grades import Grade, grades_of, row_grade
from guiju.norms.meaning import digest, digest_bytes, meaning_digest
from guiju.norms.model import Event, Exempt, Instrument, InstrumentKind, Norm, Scheme
from guiju.norms.program import Program
from guiju.norms.provisions import Contents, instrument_of, local, place_words
from guiju.norms.reasons import Needs, Reason
from guiju.norms.results import ReadAnswer, Results, Row, answer
from guiju.norms.terms import Missing
from guiju.norms.timing import Timing, settled_day, timing
from guiju.norms.vocabulary import OBJECT_KINDS, OCCURRENCE, STANDING, Declared, Vocabulary
from guiju.norms.world import Thing, World
from guiju.norms.yaml_reader import FileError, Item, Map, Scalar, Seq, plain, read_file, read_text

__all__ = [
    "OBJECT_KINDS",
    "OCCURRENCE",
    "STANDING",
    "Basis",
    "Binding",
    "Book",
    "ClockReading",
    "Contents",
    "Corpus",
    "CorpusError",
    "Declared",
    "Evaluation",
    "Event",
    "Exempt",
    "Fields",
    "FileError",
    "FineRange",
    "FlatProgram",
    "Grade",
    "Instrument",
    "InstrumentKind",
    "Item",
    "Map",
    "Met",
    "Missing",
    "Mode",
    "Needs",
    "Norm",
    "Program",
    "ReadAnswer",
    "Reason",
    "Results",
    "Row",
    "SanctionResult",
    "Scalar",
    "Scheme",
    "Seq",
    "Step",
    "Thing",
    "TierResult",
    "Timing",
    "View",
    "Vocabulary",
    "World",
    "answer",
    "builtin",
    "digest",
    "digest_bytes",
    "force_of",
    "grades_of",
    "instrument_of",
    "load_book",
    "local",
    "meaning_digest",
    "met_of",
    "natural_key",
    "place_words",
    "plain",
    "read_corpus",
    "read_file",
    "read_text",
    "row_grade",
    "sanction_of",
    "settled_day",
    "timing",
]

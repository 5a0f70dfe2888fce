"""Rules as running data: instruments, legal events, norms, vocabulary, books and editions; and what an edition means on a day."""

from guiju.norms.acts import Act, Void, end_of
from guiju.norms.asking import QUESTIONS
from guiju.norms.books import Books, builtin, builtin_books, load_book, read_corpus
from guiju.norms.changes import Change, FieldChange, changes
from guiju.norms.clocks import ClockReading
from guiju.norms.compiled import compiled
from guiju.norms.corpus import Book, Corpus, natural_key
from guiju.norms.details import Detail, details_of
from guiju.norms.duties import Basis, Met, met_of
from guiju.norms.editions import (
    CURRENT,
    Edition,
    EditionError,
    EditionStore,
    FolderEditions,
    current_edition,
    find_edition,
    names_edition,
    open_edition,
    pack,
    packaged,
)
from guiju.norms.evaluation import Evaluation, Mode, View
from guiju.norms.fields import CorpusError, Fields
from guiju.norms.fines import FineRange, SanctionResult, TierResult, sanction_of
from guiju.norms.flat import FlatProgram
from guiju.norms.force import Binding, Step, force_of
from guiju.norms.grades import Grade, grades_of, row_grade
from guiju.norms.meaning import digest, digest_bytes, meaning_digest
from guiju.norms.model import Event, Exempt, Instrument, InstrumentKind, Norm, Scheme
from guiju.norms.orders import Ordered, Standing, Yielded
from guiju.norms.presumed import Presumed
from guiju.norms.program import Program, program_of
from guiju.norms.provisions import Contents, instrument_of, local, place_words
from guiju.norms.reading_by import read_by, reader_words, readers, reading_named
from guiju.norms.readings import ReadAnswer, ReadGrade
from guiju.norms.reasons import Needs
from guiju.norms.results import Results, Row, answer, places, row_of
from guiju.norms.terms import Missing, Reason
from guiju.norms.timing import Timing, enforced_from, reached, settled_day, timing
from guiju.norms.vocabulary import OBJECT_KINDS, OCCURRENCE, STANDING, Declared, Vocabulary
from guiju.norms.world import Listing, Thing, World
from guiju.norms.yaml_reader import FileError, Item, Map, Scalar, Seq, plain, read_file, read_text

__all__ = [
    "CURRENT",
    "OBJECT_KINDS",
    "OCCURRENCE",
    "QUESTIONS",
    "STANDING",
    "Act",
    "Basis",
    "Binding",
    "Book",
    "Books",
    "Change",
    "ClockReading",
    "Contents",
    "Corpus",
    "CorpusError",
    "Declared",
    "Detail",
    "Edition",
    "EditionError",
    "EditionStore",
    "Evaluation",
    "Event",
    "Exempt",
    "FieldChange",
    "Fields",
    "FileError",
    "FineRange",
    "FlatProgram",
    "FolderEditions",
    "Grade",
    "Instrument",
    "InstrumentKind",
    "Item",
    "Listing",
    "Map",
    "Met",
    "Missing",
    "Mode",
    "Needs",
    "Norm",
    "Ordered",
    "Presumed",
    "Program",
    "ReadAnswer",
    "ReadGrade",
    "Reason",
    "Results",
    "Row",
    "SanctionResult",
    "Scalar",
    "Scheme",
    "Seq",
    "Standing",
    "Step",
    "Thing",
    "TierResult",
    "Timing",
    "View",
    "Vocabulary",
    "Void",
    "World",
    "Yielded",
    "answer",
    "builtin",
    "builtin_books",
    "changes",
    "compiled",
    "current_edition",
    "details_of",
    "digest",
    "digest_bytes",
    "end_of",
    "enforced_from",
    "find_edition",
    "force_of",
    "grades_of",
    "instrument_of",
    "load_book",
    "local",
    "meaning_digest",
    "met_of",
    "names_edition",
    "natural_key",
    "open_edition",
    "pack",
    "packaged",
    "place_words",
    "places",
    "plain",
    "program_of",
    "reached",
    "read_by",
    "read_corpus",
    "read_file",
    "read_text",
    "reader_words",
    "readers",
    "reading_named",
    "row_grade",
    "row_of",
    "sanction_of",
    "settled_day",
    "timing",
]

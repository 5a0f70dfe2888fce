"""The vocabulary of the built-in books alone: what a dossier may say does not depend on the rules that ask for it."""

from functools import cache

from guiju.norms import Map, Vocabulary, read_file
from guiju.norms.books import builtin_folders
from guiju.norms.read_rest import read_declared


@cache
def vocabulary() -> Vocabulary:
    found = Vocabulary()
    for folder in builtin_folders().values():
        for path in sorted(folder.glob("vocabulary*.yaml")):
            item = read_file(path)
            assert isinstance(item, Map)
            names = item.items["names"]
            assert isinstance(names, Map)
            for name, entry in names.items.items():
                found.add(read_declared(name, entry))
    found.check()
    return found

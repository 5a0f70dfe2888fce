"""Writes what whoever states the facts of an example may see: its name, the question put of it, and its text.

    python benchmarks/truth/blind.py --data DIR --out DIR

One file for each set that DIR holds. Labels, reasons, paragraphs and the published ids (which hold the labels) stay behind;
rows stand in the order of their new names.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from truth.sets import EXAMPLES, rows_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the directory of the published sets")
    parser.add_argument("--out", type=Path, required=True, help="a directory outside the data")
    given = parser.parse_args()
    data, out = given.data.resolve(), given.out.resolve()
    if not data.is_dir():
        parser.error(f"{given.data} is no directory")
    if out.is_relative_to(data):
        parser.error("--out must lie outside the data")
    out.mkdir(parents=True, exist_ok=True)
    for examples in EXAMPLES:
        if not (data / examples.file).is_file():
            print(f"{examples.name}: {examples.file} is not there")
            continue
        rows, notes = rows_of(examples, data)
        seen = [json.dumps({"id": row.key, "question": row.question, "text": row.text}, ensure_ascii=False) for row in rows]
        (out / f"{examples.name}.jsonl").write_text("".join(f"{line}\n" for line in seen), encoding="utf-8")
        print(f"{examples.name}: {len(rows)} rows")
        for note in notes:
            print(f"  {note}")


if __name__ == "__main__":
    main()

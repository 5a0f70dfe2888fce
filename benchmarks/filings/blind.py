"""Writes what a reader may see of the filings, product and purpose alone, to a folder outside the data.

    python benchmarks/filings/blind.py --data DIR --out DIR

The name of the algorithm, its class and the role of whoever filed it stay behind: they are what is to be found.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def rows(data: Path) -> list[dict[str, str]]:
    """The published rows, in the order of the file."""
    lines = (data / "groundtruth" / "cn-cac-filings.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def key(index: int) -> str:
    """The name of a row that says nothing of it: ``f01`` is the first."""
    return f"f{index + 1:02d}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    if given.out.resolve().is_relative_to(given.data.resolve()):
        parser.error("--out must lie outside the data")
    given.out.mkdir(parents=True, exist_ok=True)
    seen = [
        {"id": key(index), "product": row["product"], "purpose": row["purpose"]}
        for index, row in enumerate(rows(given.data))
        if "purpose" in row
    ]
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in seen)
    (given.out / "filings.jsonl").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""What the engine answers beside what others have answered: examples of the Commission, decision trees, tables, a time line.

    python benchmarks/truth.py --data DIR [--json] [--facts DIR] [--out DIR] [--timeline PATH] [--check]

The work is done in the folder ``truth`` beside this file; truth/README.md says what is scored and how.
"""

import runpy

if __name__ == "__main__":
    runpy.run_module("truth.command", run_name="__main__", alter_sys=True)

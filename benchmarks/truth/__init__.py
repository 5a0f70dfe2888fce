"""What the engine answers, beside what others have answered: examples of the Commission, decision trees, tables, a time line."""

"""Files that go in and out as tables and trees: codebooks, the study folder, other tools' formats."""

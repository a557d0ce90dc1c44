"""The project file: entities, queries and writes, the journal, and migrations."""

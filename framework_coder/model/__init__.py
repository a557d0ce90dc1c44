"""The domain: frozen values and pure functions on them. No I/O, no database, no web."""

"""REFI-QDA, the exchange standard of tools for qualitative analysis: projects (.qdpx), codebooks (.qdc)."""

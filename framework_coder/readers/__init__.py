"""Files in, `SourceText` out: one public `read` a format, and the table that maps type to reader."""

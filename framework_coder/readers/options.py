"""What a caller may tell a reader about a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Passwords to try on an encrypted file, and the site codes and names that sheets or rows may carry."""

    passwords: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

"""Framework analysis of documentary evidence: the public Python API.

Nothing else is promised between versions. Names are imported when first used, so that importing the
package costs nothing.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Codebook", "Project", "__version__", "errors", "read"]

if TYPE_CHECKING:
    from framework_coder import errors
    from framework_coder.model.codebook import Codebook
    from framework_coder.project import Project
    from framework_coder.readers import read

_HOMES = {
    "Codebook": "framework_coder.model.codebook",
    "Project": "framework_coder.project",
    "read": "framework_coder.readers",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its home on first use."""
    from importlib import import_module

    if name == "errors":
        return import_module("framework_coder.errors")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'framework_coder' has no attribute {name!r}")

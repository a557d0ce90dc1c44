"""Import a bundle: what another tool, or another project, sent comes in as one step, and nothing twice."""

from framework_coder.workflows.importing.importing import BundleImport, import_bundle

__all__ = ["BundleImport", "import_bundle"]

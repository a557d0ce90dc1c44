"""The facade that command line, web pages and scripts use."""

from framework_coder.project.project import Project

__all__ = ["Project"]

"""Routes, a module a screen."""

"""Verbs: each public function is one transaction."""

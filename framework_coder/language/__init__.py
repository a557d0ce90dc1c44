"""The only home of spaCy: sentences, speaker turns, and matching rules."""

"""Members who are probably one person, though nothing was ever seen of both: found by likeness, proposed to people."""

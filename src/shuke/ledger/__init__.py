"""Points, growth and every other asset a member holds, in double entry (B1, B5)."""

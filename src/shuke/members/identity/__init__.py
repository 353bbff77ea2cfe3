"""One person across channels: by what she is recognised, and who she was before that was known."""

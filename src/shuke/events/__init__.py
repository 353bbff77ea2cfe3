"""What visitors and tills tell of: messages of the Segment protocol, kept once each, or set aside with a reason."""

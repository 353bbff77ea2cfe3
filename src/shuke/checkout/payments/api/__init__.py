"""Routes of payments: the till's, the owner's, and those that providers call."""

"""The audience over HTTP."""

"""Ways in: HTTP, command line, worker; and the wiring of everything."""

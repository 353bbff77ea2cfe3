"""Family cards: several people, one wallet, limits for each."""

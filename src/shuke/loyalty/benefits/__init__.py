"""What members are entitled to: rights at the till, gifts for occasions, services to use, partners' codes."""

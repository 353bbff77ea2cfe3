"""Tags: words that a merchant puts on members, by hand or in crowds, for a while or for good."""

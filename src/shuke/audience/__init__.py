"""Who the members are and what they do: the rule tree and its readers. It reads the lake, never orders."""

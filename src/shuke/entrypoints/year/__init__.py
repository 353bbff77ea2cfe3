"""A year of a merchant's life, played on the simulated clock from a seed: random people do random things, and at the
end the books must say what the people were told. `living.py` is the place to start."""

"""The stages: playing the rights that were decided on, and what follows: red packets, points, tax, stored value."""

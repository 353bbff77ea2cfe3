"""What the numbers say to those who run the shop (I)."""

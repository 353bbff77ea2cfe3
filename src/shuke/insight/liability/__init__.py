"""What the merchant owes its members: points, stored value, red packets, coupons; how it moved, what is never used."""

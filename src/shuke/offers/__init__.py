"""Campaigns and, later, coupons, red packets and promotions (B6, B7)."""

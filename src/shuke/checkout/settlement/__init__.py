"""Settlement: from a cart and a member's rights to an explained price. Pure; `pipeline.py` is the place to start."""

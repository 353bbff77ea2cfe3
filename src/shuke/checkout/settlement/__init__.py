"""The settlement engine: pure stages from a cart to an explained quote."""

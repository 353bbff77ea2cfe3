"""Those who carry the money: each speaks its own protocol and answers in the words of `payments/model.py`."""

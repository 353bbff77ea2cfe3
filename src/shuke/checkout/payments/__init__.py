"""Money that comes from outside: cash, terminals, WeChat Pay, Alipay (C4, J4). How it never gets lost is told in
docs/algorithms/payments.md."""

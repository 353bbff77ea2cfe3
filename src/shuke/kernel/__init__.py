"""Words every domain shares: money, ids, time, errors. Pure; imports nothing of ours."""

"""The read side: reports of sales, and members seen from every side. Joins what the other domains publish."""

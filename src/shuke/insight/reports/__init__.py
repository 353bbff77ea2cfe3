"""What the dashboard shows: sales over a period, beside those of the period before."""

"""The lake: facts as Parquet partitions, and a native DuckDB copy of them for fast reading.

PostgreSQL is the truth; all of this can be thrown away and made again.
"""

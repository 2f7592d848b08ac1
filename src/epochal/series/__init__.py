"""Metric points in columns: how they are packed, merged, summarized and sampled.

Pure functions. `points` and `summary` are on the path of every log call and use the standard
library only; the others work on numpy arrays and are imported when somebody reads.
"""

"""Deaths by front: what the flagship's theatre plays beside what a table of events records."""

"""Timings: honest numbers on this machine, never a test. Run with ``make bench``."""

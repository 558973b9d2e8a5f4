"""Version of the program; studies carry it."""

VERSION = "0.1.0"

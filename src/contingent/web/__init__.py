"""The page and its typed interface, served on this machine."""

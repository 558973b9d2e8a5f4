"""From a program to futures: one, or thousands over threads, kept in a study on disk."""

"""Conditioning: dated reports, sequential Monte Carlo over futures, and what explains them."""

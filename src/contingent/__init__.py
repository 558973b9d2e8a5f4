"""A workbench for strategic arguments: claims, evidence and thousands of simulated futures."""

__version__ = "0.1.0"

"""The mechanisms to be run: one C++ header each, behind the module ``_core``."""

"""The theatre model to be read: one mechanism a file, scalars and nested lists, no libraries.

The C++ core (:mod:`contingent.core`) repeats it line by line; a test holds the two equal to the
last bit. Read :mod:`~contingent.reference.day` for the order of a day, then any mechanism.
"""

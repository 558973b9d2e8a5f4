"""``python -m validation.conditioning``: every run of this folder, one after the other."""

from __future__ import annotations

from validation.conditioning import calibration, exact, reference

for part in (exact, calibration, reference):
    part.main()

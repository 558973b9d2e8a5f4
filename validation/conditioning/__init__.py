"""Is conditioning right? Exact models, importance sampling, calibration on simulated evidence."""

"""The combat mechanism judged and calibrated on battles of the CDB90 data base."""

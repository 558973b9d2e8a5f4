"""What people see: tables, texts, figures and the HTML of notebooks.

Everything here takes finished results and draws them; nothing computes a probability.
"""

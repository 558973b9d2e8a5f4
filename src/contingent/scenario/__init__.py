"""What the author means: files, the specification, its checks and the library."""

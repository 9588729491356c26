"""Hold the answers of two builds against each other, byte for byte."""

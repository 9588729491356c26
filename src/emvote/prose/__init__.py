"""Statements of an article: what it says in words, and the question that decides each."""

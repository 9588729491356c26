"""Kinds of statement, a small grammar each."""

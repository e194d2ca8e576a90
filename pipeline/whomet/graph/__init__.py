"""Meetings of many articles -> one property graph."""

"""Meetings: triggers, arguments, status, occasions."""

"""Time expressions -> TIMEX3 values and calendar days."""

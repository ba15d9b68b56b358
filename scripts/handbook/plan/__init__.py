"""From templates to dated plans: working days, conditions and schedules. Pure: the day is an argument."""

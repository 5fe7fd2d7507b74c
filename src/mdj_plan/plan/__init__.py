"""What is promised: units, indicators, targets, duties, schedule and bands, all from data files."""

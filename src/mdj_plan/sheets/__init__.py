"""Files → sheets of cells → one reading each: any format, without knowing what a plan is."""

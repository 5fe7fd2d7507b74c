"""Moved to `mdj_plan.fields`."""

from mdj_plan.fields import *  # noqa: F403 - for the moment of the move

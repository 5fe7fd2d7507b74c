"""What has become of an attempt to report, as its receipt says it."""

FILED, RETURNED = "filed", "returned"

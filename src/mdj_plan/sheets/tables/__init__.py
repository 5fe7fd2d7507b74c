"""The tables that the office keeps itself: quotas, register, receipts, header words … read by one reader."""

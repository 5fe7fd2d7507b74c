"""What is on file: identities, receipts, filing, which version and which rows count; the office's own tables."""

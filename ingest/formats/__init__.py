"""What articles come in: one module a format, each from bytes to drafts, none knowing a library."""

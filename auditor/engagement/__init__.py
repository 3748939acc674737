"""What a bank agreed with a vendor and where to look: an engagement file, checked."""

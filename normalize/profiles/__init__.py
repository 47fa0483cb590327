"""Forms learnt from their own sheets: what stands on all of them is a label, what differs is a value."""

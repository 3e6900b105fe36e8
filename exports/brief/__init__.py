"""The brief (通报): sentences made by rules from the figures, in a page laid out as official papers are."""

"""The slides of a meeting: native charts and tables an office can edit, and pictures of the cards."""

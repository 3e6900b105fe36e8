"""Who may come in: accounts, passwords, sign-ins and the visits that follow from them."""

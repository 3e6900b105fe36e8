"""What stands between the network and the pages: addresses, headers, the gate, signing in."""

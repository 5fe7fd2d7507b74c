"""What goes back to a sender: his own return with its cells marked, and a list of what is to be done."""

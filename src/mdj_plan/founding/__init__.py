"""How a plan begins: an existing breakdown table read, a plan folder written (contract 6.5)."""

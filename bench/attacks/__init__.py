"""The attacks of bench/attacks.py: what they send, the server that they are sent to, and the watch over it meanwhile."""

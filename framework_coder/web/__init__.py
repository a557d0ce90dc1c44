"""The local web interface: one project, served on this machine."""

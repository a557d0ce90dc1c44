"""The JSON that the server and its scripts exchange, a module a screen; `static/js/payloads/` decodes it."""

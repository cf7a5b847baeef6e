"""The check of printed certificates by their code, one folder for its page."""

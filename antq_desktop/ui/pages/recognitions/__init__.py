"""Decisions of recognition and their numbered certificates, one folder for their page."""

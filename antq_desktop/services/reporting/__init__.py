"""Figures for people above: indicators, targets, the reports of the periods, and the consolidated ones."""

"""The wizard that takes a spreadsheet of households in."""

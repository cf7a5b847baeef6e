"""The page of the reports of the year's periods."""

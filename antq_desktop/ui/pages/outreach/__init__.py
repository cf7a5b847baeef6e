"""The page of outreach campaigns, steering committees and coordination programmes."""

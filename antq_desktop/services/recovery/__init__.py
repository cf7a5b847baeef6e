"""Ways back when data was lost, taken back or copied: found out, told, and mended without forking a history."""

"""What a face shows when data was taken back or copied."""

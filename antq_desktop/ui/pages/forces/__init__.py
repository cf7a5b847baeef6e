"""The page of the grassroots force: teams, members, trainings, yearly ratings."""

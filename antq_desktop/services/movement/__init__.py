"""The movement's year: models and their activities, teams, Ngày hội, outreach, awards and coordination."""

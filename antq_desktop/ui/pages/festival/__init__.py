"""The page of Ngày hội toàn dân bảo vệ an ninh Tổ quốc."""

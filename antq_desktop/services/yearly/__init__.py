"""The assessed year under TT 124/2021/TT-BCA: which units, their answers, decisions and certificates."""

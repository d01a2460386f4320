"""工作日: which days are worked, from the yearly notices of the State Council; kept as rows that are edited and imported."""

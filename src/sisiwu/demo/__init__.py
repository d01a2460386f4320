"""The sample year (示例年度): 79 units and 21 cities, grown from a seed; every person and figure is invented."""

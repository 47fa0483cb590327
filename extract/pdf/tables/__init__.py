"""Rules into grids, runs into cells, tables that go on over pages into one."""

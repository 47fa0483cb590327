"""One typed, declarative file per city: the only place that names a city."""

"""What belongs to none of the rooms: the command line, the batch run, the Parquet writer."""

__version__ = "0.1.0"

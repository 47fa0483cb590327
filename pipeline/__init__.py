"""What belongs to none of the rooms: the command line, the batch run, the Parquet writer."""

"""Would the tests notice? Small changes of the code that reads, one at a time, held against the tests of its room."""

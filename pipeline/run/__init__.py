"""A run as a steady job: documents converted apart from each other, results kept in parts, tables replaced as a set.

`job` is what happens to one document, `parts` where its rows wait, `pool` the processes that do it within limits,
`batch` the order of it all, `folder` the one run that may write an output, and `replace` how tables are exchanged.
"""

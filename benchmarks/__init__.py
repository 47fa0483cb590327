"""What hyoka costs and how right it is, beside what people use today: measured in one run on the same files.

`python -m benchmarks.compare` measures the tools side by side, `python -m benchmarks.growth` one archive after another.
Both write a result under `benchmarks/results/` and draw it. Nothing else of the project imports from here.
"""

# hyoka in a container: it needs a network to be built, and none to run.
#
#   docker build --tag hyoka .
#   docker run --rm --network none --read-only --tmpfs /tmp --cap-drop all --memory 8g --pids-limit 256 \
#     --volume "$PWD/data/raw:/in:ro" --volume "$PWD/data/processed:/out" hyoka convert /in --out /out

# The compiler builds the loops over PDFium, and stays behind: pages are read a third faster with them.
FROM python:3.12-slim AS build

RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/source
COPY requirements.txt pyproject.toml build_backend.py README.md LICENSE ./
RUN python -m venv /opt/hyoka \
    && /opt/hyoka/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY schemas schemas
COPY extract extract
COPY normalize normalize
COPY pipeline pipeline
RUN /opt/hyoka/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim

COPY --from=build /opt/hyoka /opt/hyoka
RUN useradd --create-home --uid 10001 hyoka && mkdir /in /out && chown hyoka /out

USER hyoka
# The compiled dictionary of the field goes where the container may write.
ENV PATH=/opt/hyoka/bin:$PATH HYOKA_CACHE=/tmp/hyoka
WORKDIR /tmp
ENTRYPOINT ["hyoka"]
CMD ["--help"]

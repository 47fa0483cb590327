# hyoka in a container: it needs a network to be built, and none to run.
#
#   docker build --tag hyoka .
#   docker run --rm --network none --read-only --tmpfs /tmp --cap-drop all --memory 8g --pids-limit 256 \
#     --volume "$PWD/data/raw:/in:ro" --volume "$PWD/data/processed:/out" hyoka convert /in --out /out

FROM python:3.12-slim

WORKDIR /opt/hyoka
COPY requirements.txt pyproject.toml build_backend.py README.md LICENSE ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY schemas schemas
COPY extract extract
COPY normalize normalize
COPY pipeline pipeline
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
    && useradd --create-home --uid 10001 hyoka \
    && mkdir /in /out && chown hyoka /out

USER hyoka
# The compiled dictionary of the field goes where the container may write.
ENV HYOKA_CACHE=/tmp/hyoka
WORKDIR /tmp
ENTRYPOINT ["hyoka"]
CMD ["--help"]

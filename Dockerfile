FROM python:3.11-slim

WORKDIR /app

# First what changes rarely, so that a change of the code doesn't fetch the libraries again.
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY schema ./schema
COPY extractors ./extractors
COPY graph ./graph
COPY api ./api
COPY sotagraph ./sotagraph
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

RUN useradd --uid 10001 --create-home sotagraph && install --directory --owner sotagraph /data
USER sotagraph
WORKDIR /data

ENV SOTAGRAPH_STORE=sqlite:////data/graph.db
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]

CMD ["sotagraph", "serve", "--host", "0.0.0.0", "--port", "8000"]

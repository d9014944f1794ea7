# Two stages: what is needed to install stays in the first. All packages come as wheels with hashes, what builds the bot
# among them. There are such wheels for x86_64 and aarch64 with glibc, so not for Alpine (sentencex has none for musl) and
# not for armv7 (NumPy, greenlet, PyYAML and others have none).
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/articlebot
COPY requirements.txt .
RUN /opt/articlebot/bin/pip install --no-cache-dir --only-binary=:all: --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
RUN /opt/articlebot/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin articlebot
COPY --from=build /opt/articlebot /opt/articlebot
ENV PATH=/opt/articlebot/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv
RUN mkdir records index versions && chown articlebot records index versions
USER articlebot
VOLUME ["/srv/knowledge", "/srv/records", "/srv/index", "/srv/versions"]
ENTRYPOINT ["articlebot"]
CMD ["run"]

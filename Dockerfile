# Two stages: what is needed to install stays in the first.
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/articlebot
COPY requirements.txt .
RUN /opt/articlebot/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
RUN /opt/articlebot/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin articlebot
COPY --from=build /opt/articlebot /opt/articlebot
ENV PATH=/opt/articlebot/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv
RUN mkdir records index && chown articlebot records index
USER articlebot
VOLUME ["/srv/knowledge", "/srv/records", "/srv/index"]
ENTRYPOINT ["articlebot"]
CMD ["run"]

# syntax=docker/dockerfile:1
# The command alone: docker run --rm -v "$PWD:/site" -u "$(id -u):$(id -g)" connectif-kit check public
FROM python:3.13-slim
WORKDIR /kit
COPY . .
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action ignore . && rm -rf /kit
WORKDIR /site
USER 65534
ENTRYPOINT ["connectif-kit"]
CMD ["--help"]

# This folder → an image that runs Relais as an ordinary user on a read-only disk. How to put it to work: docs/docker.md

# Built with compilers at hand, which better-sqlite3 needs where there is no ready-made one; none of them is shipped.
FROM node:24-trixie AS build
WORKDIR /relais
COPY package.json package-lock.json tsconfig.json ./
COPY scripts scripts
COPY src src
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:24-trixie-slim
WORKDIR /relais
COPY package.json LICENSE ./
COPY bin bin
COPY --from=build /relais/node_modules node_modules
COPY --from=build /relais/dist dist

# The image's own user “node”, by number, so that whoever runs the image can see that it is not root.
RUN mkdir /settings /data && chown 1000:1000 /data
USER 1000:1000
VOLUME /data
# SQLite tidies up through a file as large as the database, for which a /tmp in memory is too small.
# And names are looked up by threads; four of them could all wait for dead zones.
ENV NODE_ENV=production SQLITE_TMPDIR=/data UV_THREADPOOL_SIZE=16

EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5m --timeout=10s --start-period=1m \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then(async (answer) => { console.log(await answer.text()); process.exitCode = answer.ok ? 0 : 1; }, (error) => { console.log(String(error.cause ?? error)); process.exitCode = 1; })"]

ENTRYPOINT ["node", "/relais/bin/relais.js", "--config", "/settings/sources.yaml", "--data", "/data"]
CMD ["start", "--port", "8080", "--listen", "0.0.0.0"]

# docker build -t countersign .
# docker run --read-only --cap-drop ALL --security-opt no-new-privileges --env-file countersign.env -v countersign:/data -p 127.0.0.1:4180:4180 countersign

# The console, and lib/: the source with its types blanked out.
FROM node:24-slim AS built
WORKDIR /source
COPY . .
RUN npm ci --ignore-scripts && node bin/console.mjs && node bin/run.mjs scripts/pack.ts

# What runs needs, at the versions of the lock file. The image has the Node.js, so the pinned one is not brought along.
FROM node:24-slim AS packages
WORKDIR /countersign
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/node-linux-*

FROM node:24-slim
ENV NODE_ENV=production \
    COUNTERSIGN_LISTEN=0.0.0.0:4180 \
    COUNTERSIGN_DATABASE=sqlite:/data/countersign.db \
    COUNTERSIGN_KEY_FILE=/data/countersign.key
# npm, yarn and corepack are of no use to a server.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn-* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* \
    && mkdir /data && chown 10001:10001 /data
WORKDIR /countersign
COPY --from=packages /countersign ./
COPY --from=built /source/lib ./lib
COPY --from=built /source/console/dist ./console/dist
COPY bin/countersign.mjs bin/pinned-node.mjs ./bin/
COPY LICENSE ./
USER 10001:10001
VOLUME /data
EXPOSE 4180
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:4180/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "bin/countersign.mjs"]
CMD ["serve"]

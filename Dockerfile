# The build: every package, then the bundle, which holds all that runs.
FROM node:26.10.0-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# The bundler's native part is an optional package and needs no install script; the bundle is built below.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY scripts scripts
COPY src src
RUN npm run build

# The image: Node and the bundle, nothing else.
FROM node:26.10.0-slim
LABEL org.opencontainers.image.title="scenario-collections-gateway" \
      org.opencontainers.image.description="GraphQL gateway for the Scenario Collections REST API" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production
WORKDIR /app
# Says that the bundle is made of ES modules; nothing of it is installed.
COPY --from=build /build/package.json ./
COPY --from=build /build/dist dist
# The user "node" of the base image, by number, so that an orchestrator can see that it is not root.
USER 1000:1000
EXPOSE 4000 9464
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-sigusr1", "--no-maglev", "--no-allocation-site-pretenuring", "dist/main.js"]

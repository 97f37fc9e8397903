const WANTED_MAJOR = 26;

const major = Number(process.versions.node.split('.', 1)[0]);
if (major < WANTED_MAJOR) {
  console.error(
    `This needs Node ${WANTED_MAJOR}, but runs on ${process.version}. "npm ci" installs the right one into node_modules: ` +
      'run it without --omit=optional, on Linux (x64, arm64) or macOS (arm64), or put Node 26 on the PATH.',
  );
  process.exit(1);
}

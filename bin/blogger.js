#!/usr/bin/env node
import { existsSync } from 'node:fs';

if (existsSync(new URL('../dist/cli/main.js', import.meta.url))) {
  const { keepProcessLean } = await import('../dist/cli/process/lean-process.js');
  keepProcessLean(); // before anything else is loaded
  const { main } = await import('../dist/cli/main.js');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const root = decodeURIComponent(new URL('..', import.meta.url).pathname);
  process.stderr.write(`blogger is not built yet. Run this in ${root} first:\n  npm ci && npm run build\n`);
  process.exitCode = 2;
}

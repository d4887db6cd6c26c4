// A thread of check-regexes.js: judges one expression after the other.

import { parentPort } from 'node:worker_threads';
import { checkSync } from 'recheck';

parentPort.on('message', ({ hash, source, flags }) => {
  const { status, complexity, attack } = checkSync(source, flags, { timeout: 5_000 });
  parentPort.postMessage({ hash, status, complexity: complexity?.summary ?? '', attack: attack?.pattern });
});

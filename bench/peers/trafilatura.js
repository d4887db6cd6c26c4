/** Trafilatura, the best of the free extractors, is written in Python: one process of it, a page a line. */

import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PYTHON = process.env.BENCH_PYTHON ?? 'python3';

/** Undefined where Python or the package is missing: `pip install trafilatura`, or BENCH_PYTHON names another Python. */
export function openTrafilatura() {
  if (spawnSync(PYTHON, ['-c', 'import trafilatura']).status !== 0) return undefined;
  const script = fileURLToPath(new URL('./trafilatura.py', import.meta.url));
  const child = spawn(PYTHON, [script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async extract(html, url) {
      child.stdin.write(`${JSON.stringify({ html, url })}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('trafilatura ended');
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}

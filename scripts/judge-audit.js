// Reads `npm audit --omit=dev --json` and judges it: high and critical findings in what users install end with 1; a registry that has no audit is said and passes.

import { readFileSync } from 'node:fs';

const { counts, reason } = read(readFileSync(0, 'utf8'));
if (counts === undefined) {
  console.log(`dependency audit: not judged, the registry gave none (${reason})`);
} else {
  const found = Object.entries(counts).filter(([level, count]) => level !== 'total' && count > 0);
  console.log(
    `dependency audit of what users install: ${found.length === 0 ? 'nothing found' : found.map(([level, count]) => `${count} ${level}`).join(', ')}`,
  );
  if ((counts.high ?? 0) + (counts.critical ?? 0) > 0) process.exitCode = 1;
}

function read(text) {
  try {
    const report = JSON.parse(text);
    return {
      counts: report.metadata?.vulnerabilities,
      reason: report.message ?? report.error?.summary ?? 'no counts in its answer',
    };
  } catch {
    return { counts: undefined, reason: 'no JSON' };
  }
}

/** Runs once before all tests: gives all temporary folders one place, which is taken away at the end. */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SHARED = 'BLOGGER_TEST_FOLDER';

export default function setup(): () => void {
  // Each vitest project runs this: one folder for all of them, because socket paths may have 107 characters only.
  if (process.env[SHARED] !== undefined) return () => {};
  const folder = mkdtempSync(join(tmpdir(), 'blogger-'));
  chmodSync(folder, 0o755); // PostgreSQL runs as a user of its own
  process.env['TMPDIR'] = folder;
  process.env[SHARED] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';

const PAGE = fileURLToPath(new URL('../../docs/blogger.1', import.meta.url));

function hasMan(): boolean {
  try {
    execFileSync('man', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.skipIf(!hasMan())('the man page is rendered without a complaint and names every command', () => {
  const text = execFileSync('man', ['--warnings=w', '-l', PAGE], {
    encoding: 'utf8',
    env: { ...process.env, MANWIDTH: '80', MAN_KEEP_FORMATTING: '' },
  });

  for (const name of [...Object.keys(COMMANDS), 'completion']) expect(text).toContain(`blogger ${name}`);
  expect(text).toContain('EXIT STATUS');
  expect(text.split('\n').length).toBeGreaterThan(300);
});

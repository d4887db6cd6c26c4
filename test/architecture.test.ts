import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, expect, test } from 'vitest';

const planted: string[] = [];

afterEach(async () => {
  await Promise.all(planted.splice(0).map((path) => rm(path, { recursive: true, force: true })));
});

async function cruise(): Promise<{ rules: string[]; modules: number }> {
  const { stdout } = await execa('depcruise', ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'], {
    preferLocal: true,
    reject: false,
  });
  const report = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[]; totalCruised: number };
  };
  return {
    rules: report.summary.violations.map(({ rule, from }) => `${rule.name} ${from}`),
    modules: report.summary.totalCruised,
  };
}

async function plant(folder: string, source: string): Promise<string> {
  const home = await mkdtemp(join(folder, 'planted-'));
  planted.push(home);
  const file = join(home, 'violation.ts');
  await writeFile(file, source);
  return file;
}

// `npm run arch` says that nothing else is reported.
test('planted violations are reported, and the checker really read the modules', async () => {
  const stage = await plant(
    'src/stages',
    "import { systemClock } from '../../util/clock.ts';\nimport { openRuntime } from '../../wiring/runtime.ts';\nexport const x = [systemClock, openRuntime];\n",
  );
  const target = await plant(
    'src/targets',
    "import { createFileTarget } from '../files/file-target.ts';\nimport { withClock } from '../../services/http/deadline.ts';\nexport const x = [createFileTarget, withClock];\n",
  );
  const render = await plant(
    'src/stages/publish/render',
    "import { readFile } from 'node:fs/promises';\nexport const x = readFile;\n",
  );
  const layers = await Promise.all(
    (
      [
        ['run-knows-no-wiring', 'src/run', '../../wiring/runtime.ts', 'Runtime'],
        ['wiring-knows-no-api', 'src/wiring', '../../api/generate.ts', 'GenerateOptions'],
        ['api-knows-no-ui', 'src/api', '../../ui/keys.ts', 'Keys'],
        ['figures-import-core-and-util', 'src/figures', '../../run/run.ts', 'Run'],
        ['no-cycles', 'src/util', './violation.ts', 'x'],
      ] as const
    ).map(async ([rule, folder, from, name]) => {
      const file = await plant(folder, `import type { ${name} as Y } from '${from}';\nexport const x = {} as Y;\n`);
      return `${rule} ${file}`;
    }),
  );
  const door = await plant('src/util', "import { Agent } from 'undici';\nexport const x = Agent;\n");

  const { rules, modules } = await cruise();

  expect(modules).toBeGreaterThan(60);
  expect(rules).toContain(`stage-knows-no-other-room ${stage}`);
  expect(rules).toContain(`target-knows-render-alone ${target}`);
  expect(rules).toContain(`target-knows-no-other-target ${target}`);
  expect(rules).toContain(`render-does-no-io ${render}`);
  expect(rules).toContain(`door-undici ${door}`);
  expect(rules).toEqual(expect.arrayContaining(layers));
});

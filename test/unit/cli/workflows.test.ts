/** The workflows of this project, the one that `init --github` writes, and `action.yml`, read by GitHub's own parser. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/index';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { workflowFile } from '../../../src/cli/init/files.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const WORKFLOWS = join(ROOT, '.github/workflows');
const texts: readonly (readonly [string, string])[] = [
  ...readdirSync(WORKFLOWS).map((name) => [name, readFileSync(join(WORKFLOWS, name), 'utf8')] as const),
  ['init --github', workflowFile({ tarball: '.github/blogger.tgz', out: 'content/posts' })],
];
const action = readFileSync(join(ROOT, 'action.yml'), 'utf8');

function problems(content: string): string[] {
  const { context } = parseWorkflow({ name: 'x.yml', content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

test.each(texts)('%s is a workflow', (_name, content) => {
  expect(problems(content)).toEqual([]);
});

test('the parser reports a workflow that is none', () => {
  expect(problems('on: push\njobs:\n  a:\n    runs_on: x\n    steps: []\n')).not.toEqual([]);
});

test('action.yml is an action, and uses only inputs that it declares', () => {
  const { context } = parseAction({ name: 'action.yml', content: action }, new NoOperationTraceWriter());
  expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
  const { inputs } = parse(action) as { readonly inputs: object };
  const used = [...action.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
  expect(new Set(used)).toEqual(new Set(Object.keys(inputs)));
});

test('workflows that hold a key run other actions by commit only', () => {
  const holders = [...texts.filter(([, text]) => /secrets\./.test(text)), ['action.yml', action] as const];
  const loose = holders.flatMap(([name, text]) =>
    [...text.matchAll(/uses: (\S+)/g)]
      .map(([, used]) => `${name}: ${used}`)
      .filter((line) => !/@[0-9a-f]{40}$/.test(line)),
  );
  expect(loose).toEqual([]);
});

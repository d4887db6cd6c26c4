import { expect, test } from 'vitest';
import type { ModelRequest } from '../../../src/core/ports.ts';
import { fittingOneFile } from '../../../src/stages/write/batches/shard-size.ts';
import { makeBrief } from '../../helpers/make-brief.ts';

const request = (id: string, user: string): ModelRequest => ({
  id,
  tier: 'batch',
  brief: makeBrief(),
  prompt: { system: '', user, schemaName: 'post', schema: {}, maxOutputTokens: 1, inputTokens: 1 },
});

test.each([
  ['short ones', ['aa', 'bb', 'cc'], [3]],
  ['ones that fill a file each', ['a'.repeat(3000), 'b'.repeat(3000), 'c'.repeat(3000)], [1, 1, 1]],
  ['one that is larger than a file', ['a', 'b'.repeat(9000), 'c'], [1, 1, 1]],
  ['Korean, by its bytes', ['가'.repeat(600), '나'.repeat(600)], [1, 1]],
  ['line breaks, as they are escaped', ['\n'.repeat(1100), '\n'.repeat(1100)], [1, 1]],
  ['none', [], []],
])('requests go into files of their size: %s', (_what, texts, sizes) => {
  const requests = texts.map((text, index) => request(`r${index}`, text));
  const groups = fittingOneFile(requests, 5000);

  expect(groups.map(({ length }) => length)).toEqual(sizes);
  expect(groups.flat()).toEqual(requests);
});

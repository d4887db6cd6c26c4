import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { remember } from '../../../src/util/remember.ts';

test('a short text is read once, whatever the answer', () => {
  const asked: string[] = [];
  const read = remember((text) => {
    asked.push(text);
    return text === 'none' ? undefined : text.length;
  });

  expect([read('card'), read('none'), read('card'), read('none')]).toEqual([4, undefined, 4, undefined]);
  expect(asked).toEqual(['card', 'none']);
});

test('a long text is read each time', () => {
  let reads = 0;
  const read = remember(() => {
    reads += 1;
    return reads;
  });

  expect([read('x'.repeat(301)), read('x'.repeat(301))]).toEqual([1, 2]);
});

test('it forgets all when it is full', () => {
  let reads = 0;
  const read = remember(() => {
    reads += 1;
    return reads;
  }, 2);
  for (const text of ['a', 'b', 'a', 'c', 'a']) read(text);

  expect(reads).toBe(4);
});

test('no page stays in memory for a class name of it or for the answer', () => {
  const read = remember((text) => text.split(' '));
  const before = heapUsed();
  for (let index = 0; index < 100; index += 1) {
    const html = `<main class="post-${index} type-post hentry-of-the-day">${String(index).repeat(500_000)}</main>`;
    read(html.slice(html.indexOf('"') + 1, html.indexOf('">')));
  }

  expect(heapUsed() - before).toBeLessThan(10_000_000);
});

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

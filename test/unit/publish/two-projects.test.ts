import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeCheckedDraft, makePublisher } from '../../helpers/make-publisher.ts';

const never = new AbortController().signal;
const COUNT = 12;

test.each([
  ['one after the other', false],
  ['at the same time', true],
])('two projects with one output folder lose no post of each other: %s', async (_when, atOnce) => {
  const first = await makePublisher();
  const second = await makePublisher({ out: first.out });
  // The same titles, so that both want the same names.
  const save =
    ({ publisher }: typeof first, project: string) =>
    (index: number) =>
      publisher.publish(
        makeCheckedDraft({
          key: `${project}-${index}`,
          sourceKey: `${project}-${index}`,
          title: `A title ${index % 3}`,
          body: `Text of ${project} ${index}.`,
        }),
        never,
      );
  const indexes = Array.from({ length: COUNT }, (_, index) => index);
  const [one, two] = [save(first, 'one'), save(second, 'two')];
  if (atOnce) await Promise.all(indexes.flatMap((index) => [one(index), two(index)]));
  else
    for (const index of indexes) {
      await one(index);
      await two(index);
    }

  const names = (await readdir(first.out)).filter((name) => name.endsWith('.md'));
  const texts = await Promise.all(names.map((name) => readFile(join(first.out, name), 'utf8')));
  const found = texts.map((text) => /Text of (\w+ \d+)\./.exec(text)?.[1]).sort();
  expect(found).toEqual(indexes.flatMap((index) => [`one ${index}`, `two ${index}`]).sort());
});

test('each project finds its own posts again beside those of the other', async () => {
  const first = await makePublisher();
  const second = await makePublisher({ out: first.out });
  const draft = (project: string, body: string) =>
    makeCheckedDraft({ key: `${project} ${body}`, sourceKey: project, body });
  const before = [
    await first.publisher.publish(draft('one', 'Old.'), never),
    await second.publisher.publish(draft('two', 'Old.'), never),
  ];
  const after = [
    await first.publisher.publish(draft('one', 'New.'), never),
    await second.publisher.publish(draft('two', 'New.'), never),
  ];

  expect(after.map(({ file }) => file)).toEqual(before.map(({ file }) => file));
  expect((await readdir(first.out)).filter((name) => name.endsWith('.md'))).toHaveLength(2);
});

import { expect, test } from 'vitest';
import { blogger, newProject } from '../helpers/run-bin.ts';

const GOOD = `---
title: What a year of tidal power taught Port Selby
description: "One year of tidal power in figures: what the turbine delivered, what it cost, what failed on the way, and what the fish did meanwhile."
lang: en
canonical: https://example.org/tidal
slug: tidal-power
---

Tidal power has been in Port Selby for a year. The turbine delivered 412 megawatt hours. It stood still for nine days. The harbour lent the quay, and a bank in the county town gave the rest at a low rate. Repairs after the January storm took most of the first reserve. Divers changed two bearings in March, and since then nothing has failed. The town pays by a levy that the council ends in summer. Fishermen were paid for the weeks in which their ground was closed, and the school gets a share of what is earned. What the fish did meanwhile is the subject of a study that the university will print in autumn.
`;

test('scores Markdown and HTML, written by blogger or not; --min is a gate', async () => {
  await using project = await newProject({
    'good.md': GOOD,
    'bad.md': 'just text',
    'page.html':
      '<html><head><title>Hi</title></head><body><h1>Hi</h1><article><h1>Again</h1><p>Some text.</p></article></body></html>',
  });
  const all = await blogger(['score', 'good.md', 'bad.md', 'page.html', '--json'], { cwd: project.folder });
  const [good, bad, page] = all.stdout
    .split('\n')
    .map((line) => JSON.parse(line) as { score: number; findings: { rule: string }[] });

  expect(all.exitCode).toBe(0);
  expect(good?.score).toBe(100);
  expect(bad?.score).toBeLessThan(70);
  expect(page?.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['one-h1', 'description', 'lang']));
  expect((await blogger(['score', 'good.md', '--min', '80'], { cwd: project.folder })).exitCode).toBe(0);
  const gate = await blogger(['score', 'good.md', 'bad.md', '--min', '80'], { cwd: project.folder });
  expect(gate.exitCode).toBe(3);
  expect(gate.stderr).toContain('Less than 80: 1 of 2 posts.');
  expect((await blogger(['score', 'nothing.md'], { cwd: project.folder })).exitCode).toBe(2);
});

test('relative links are checked in all forms that generators produce; other links are not', async () => {
  const links = (href: string) => `[a](${href}) `;
  const alive = [
    'here.md',
    './here.md',
    '<./다른 글.md>',
    '../here/',
    'here.html',
    'a_(b).md',
    'https://gone.example/',
    '/root/',
    '#part',
    '{% post_url x %}',
    '{{ x }}',
  ];
  await using project = await newProject({
    'post.md': `${GOOD}\n${alive.map(links).join('')}\n\n[b](gone.md) ![c](<no picture.png>) \`[d](code.md)\`\n`,
    'here.md': GOOD,
    '다른 글.md': GOOD,
    'a_(b).md': GOOD,
    'page.html':
      '<html lang="en"><head><title>T</title><script type="application/ld+json">{"headline":"T"}</script></head><body><article><p><a href="post.html">a</a> <a href="away.html">b</a></p></article></body></html>',
  });
  const { stdout } = await blogger(['score', 'post.md', 'page.html', '--json'], { cwd: project.folder });
  const [post, page] = stdout
    .split('\n')
    .map((line) => JSON.parse(line) as { findings: { rule: string; excerpt?: string; line?: number }[] });

  expect(post?.findings.filter(({ rule }) => rule === 'dead-link')).toEqual([
    expect.objectContaining({ excerpt: 'gone.md', line: 13 }),
    expect.objectContaining({ excerpt: 'no picture.png', line: 13 }),
  ]);
  expect(page?.findings.filter(({ rule }) => rule === 'dead-link').map(({ excerpt }) => excerpt)).toEqual([
    'away.html',
  ]);
  expect(page?.findings.map(({ rule }) => rule)).toContain('structured-data');
});

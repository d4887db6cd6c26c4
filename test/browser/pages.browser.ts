/** The report, a post and its review page in headless Chromium: no request, no console message, nothing that axe finds. */

import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSiteServer } from '../../scripts/site-server.js';
import { installPackage } from '../helpers/install-package.ts';
import { blogger, newProject, type Project } from '../helpers/run-bin.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
let project: Project;

beforeAll(async () => {
  const executablePath = installPackage('chromium', { skip: 'browser' });
  if (executablePath === undefined) throw new Error('There is nothing to test without a browser.');
  browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox'] });
  const site = await startSiteServer();
  const list = (await readFile('fixtures/urls.txt', 'utf8')).replaceAll(':4173', `:${site.port}`);
  project = await newProject({ 'urls.txt': list });
  await using vendor = await startVendorServer();
  const env = { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: vendor.openaiBaseUrl };
  for (const tier of ['standard', 'flex'])
    await blogger(['generate', '--allow-private', '--format', 'html', '--force', '--tier', tier], {
      cwd: project.folder,
      env,
    });
  await blogger(['stats', '--html', 'report.html'], { cwd: project.folder });
  await site.close();
});
afterAll(async () => {
  await browser?.close();
  await project?.[Symbol.asyncDispose]();
});

async function look(file: string, viewport: { width: number; height: number }, scheme: 'light' | 'dark') {
  const page = await browser.newPage();
  const requests: string[] = [];
  const messages: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(pathToFileURL(join(project.folder, file)).href, { waitUntil: 'load' });
  const asked = requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'));
  const width = await page.evaluate('document.documentElement.scrollWidth');
  const shot = process.env['BLOGGER_SCREENSHOTS'];
  if (shot !== undefined)
    await page.screenshot({
      path: join(shot, `${file.replaceAll('/', '-')}-${viewport.width}-${scheme}.png`) as `${string}.png`,
      fullPage: true,
    });
  await page.evaluate(axe);
  const found = (await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes[0].html })))',
  )) as {
    impact: string;
  }[];
  await page.close();
  return {
    asked,
    messages,
    width,
    found,
  };
}

const LOOKS = [360, 768, 1600].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => [`at ${width} px, ${scheme}`, { width, height: 900 }, scheme] as const),
);

test.each(LOOKS)('the report %s', async (_name, viewport, scheme) => {
  const { asked, messages, found, width } = await look('report.html', viewport, scheme);
  expect([asked, messages, found]).toEqual([[], [], []]);
  expect(width).toBe(viewport.width);
});

test.each(LOOKS)('a post, its review page and the index %s', async (_name, viewport, scheme) => {
  const [name = ''] = (await readdir(join(project.folder, '.blogger', 'review'))).sort();
  for (const file of [`posts/${name}`, `.blogger/review/${name}`, 'posts/index.html']) {
    const { asked, messages, found, width } = await look(file, viewport, scheme);
    expect([file, asked, messages, found]).toEqual([file, [], [], []]);
    expect(width).toBe(viewport.width);
  }
});

test('a click on a finding shows what is meant, a click on a statement its place in the source, and one there leads back', async () => {
  const folder = join(project.folder, '.blogger', 'review');
  const texts = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  );
  const withFinding = texts.find(({ text }) => text.includes('class="missing"') && text.includes('ungrounded'));
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 700 });
  await page.goto(pathToFileURL(join(folder, withFinding?.name ?? '')).href);
  /** The text at the address that was clicked, where it can be seen. */
  const seen = async (selector: string) => {
    await page.click(selector);
    return (await page.evaluate(
      `(() => { const target = document.querySelector(':target'); const { top, bottom, height } = target.getBoundingClientRect(); return { text: target.textContent, isSeen: height > 0 && top >= 0 && bottom <= innerHeight, side: target.closest('main, aside').tagName, missing: target.classList.contains('missing') }; })()`,
    )) as { text: string; isSeen: boolean; side: string; missing: boolean };
  };

  expect(await seen('.findings a[href^="#f"]')).toMatchObject({ isSeen: true, side: 'MAIN', missing: true });
  expect(await seen('main mark.found a')).toMatchObject({ isSeen: true, side: 'ASIDE' });
  expect(await seen('aside mark.found a')).toMatchObject({ isSeen: true, side: 'MAIN', missing: false });
  await page.close();
});

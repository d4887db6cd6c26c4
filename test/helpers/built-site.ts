import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { load } from 'cheerio';

export interface BuiltPage {
  /** Relative to the built site. */
  readonly file: string;
  /** Of the first `h1`. */
  readonly title: string;
  readonly html: string;
  /** Destinations of the links to related posts. */
  readonly links: readonly string[];
}

/** The pages of posts in a built site: those that name their source. */
export async function readBuiltPosts(folder: string): Promise<BuiltPage[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const pages = await Promise.all(
    files.map(async (file) => {
      const html = await readFile(join(folder, file), 'utf8');
      const $ = load(html);
      const links = $('h2:contains("Related") ~ ul a')
        .toArray()
        .flatMap((link) => $(link).attr('href') ?? []);
      $('h1 a').remove(); // a link of the heading to itself
      return { file, title: $('h1').first().text().trim(), html, links };
    }),
  );
  return pages.filter(({ html, title }) => title !== '' && html.includes('Source: '));
}

/** Links and anchors of any page of a built site that lead nowhere within it. */
export async function brokenLinks(folder: string, site: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const pages = new Map(
    await Promise.all(
      files
        .filter((file) => file.endsWith('.html'))
        .map(async (file) => [file, load(await readFile(join(folder, file), 'utf8'))] as const),
    ),
  );
  const names = new Set(files);
  const fileOf = (path: string) =>
    [path, `${path}index.html`, `${path}/index.html`, `${path}.html`].find((name) => names.has(name));
  const broken: string[] = [];
  for (const [file, $] of pages) {
    const base = new URL(encodeURI(file).replace(/(^|\/)index\.html$/, '$1'), site).href;
    for (const link of $('a[href]').toArray()) {
      const href = $(link).attr('href') ?? '';
      const url = URL.canParse(href, base) ? new URL(href, base) : undefined;
      if (url === undefined || url.host !== new URL(site).host) continue;
      const target = fileOf(decoded(url.pathname).replace(/^\//, ''));
      const id = decoded(url.hash.slice(1));
      const there = target === undefined ? undefined : pages.get(target);
      const hasId =
        id === '' ||
        there?.('[id], [name]').is((_, element) => [element.attribs['id'], element.attribs['name']].includes(id));
      if (target === undefined || hasId !== true) broken.push(`${file} → ${href}`);
    }
  }
  return broken;
}

/** Elements that only a page's own markup could have made. */
export function foreignElements(html: string): string[] {
  const $ = load(html);
  return $('script, iframe, [onclick], [onerror], div.x')
    .toArray()
    .map((element) => $.html(element));
}

/** The files of a built site, of any kind, in which a text stands. */
export async function filesHolding(folder: string, text: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const found = await Promise.all(
    files.map(async ({ parentPath, name }) =>
      (await readFile(join(parentPath, name), 'utf8')).includes(text) || name.includes('heldsentence') ? [name] : [],
    ),
  );
  return found.flat();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Elements that only the text of a page could have made: those that each page has are the generator's own. */
export function elementsOfPosts(pages: readonly BuiltPage[]): string[] {
  const found = pages.map(({ html }) => new Set(foreignElements(html)));
  return found.flatMap((elements) =>
    [...elements].filter((one) => !isLinkedData(one) && !found.every((others) => others.has(one))),
  );
}

function isLinkedData(element: string): boolean {
  return /^<script[^<>]{0,200}type="application\/ld\+json"/.test(element);
}

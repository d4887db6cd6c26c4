import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { load } from 'cheerio';

export interface BuiltPage {
  /** Relative to the built site. */
  readonly file: string;
  /** Of the one `h1` with the class `title`. */
  readonly title: string;
  readonly html: string;
  /** Destinations of links that stay on the site. */
  readonly links: readonly string[];
}

/** The pages of posts in a built site: those whose layout wrote the title into `h1.title`. */
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
        .flatMap((link) => $(link).attr('href') ?? [])
        .filter((href) => !/^[a-z]+:/i.test(href));
      return { file, title: $('h1.title').text(), html, links };
    }),
  );
  return pages.filter(({ html }) => html.includes('class="title"'));
}

/** Links between posts that lead to no built file. */
export function deadLinks(pages: readonly BuiltPage[]): string[] {
  const addresses = new Set(
    pages.flatMap(({ file }) => [
      `/${file}`,
      `/${file.replace(/index\.html$/, '')}`,
      `/${file.replace(/\.html$/, '')}`,
    ]),
  );
  return pages.flatMap(({ file, links }) => {
    const base = `http://site/${encodeURI(file).replace(/index\.html$/, '')}`;
    return links
      .filter((href) => !addresses.has(decodeURI(new URL(href, base).pathname)))
      .map((href) => `${file} → ${href}`);
  });
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

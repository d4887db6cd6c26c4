/** Reads a folder of labelled pages: truth.json and pages/ID.html.gz, with whole texts (`text`) or with snippets (`with`, `without`). */

import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { detectLanguage } from '../../dist/stages/extract/language.js';
import { toUtf8 } from '../../dist/util/charset/to-utf8.js';

export async function readLabelled(folder) {
  const truth = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8'));
  const form = Object.values(truth).some(({ text }) => text !== undefined) ? 'texts' : 'snippets';
  const pages = Object.entries(truth).map(([id, label]) => ({ id, form, ...label, url: urlOf(id, label.url) }));
  return { name: basename(folder), form, pages };
}

/** A page as the crawler would hand it over: text, whatever charset it was served in. */
export async function readHtml(folder, { id }) {
  const bytes = gunzipSync(await readFile(join(folder, 'pages', `${id}.html.gz`)));
  return new TextDecoder().decode(await toUtf8(bytes, undefined));
}

/** Primary language of the labelled text. */
export function languageOf(page, html) {
  const declared = /<html[^>]{0,500}?\slang\s*=\s*["']?([\w-]+)/i.exec(html)?.[1];
  return detectLanguage(page.text ?? page.with.join('\n'), declared).split('-')[0];
}

/** Some labels have no address; each is a site of its own then. */
function urlOf(id, url) {
  return url !== undefined && url !== null && URL.canParse(url) ? url : `https://page-${id}.invalid/`;
}

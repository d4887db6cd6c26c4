/** Who is measured: each takes a page and gives its text by blocks, and what it found of title, author and date. */

import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { extractArticle } from '../../dist/stages/extract/extract-article.js';
import { installPeers } from '../peers/install-peers.js';
import { textByBlocks } from './text-by-blocks.js';

installPeers();
const { Defuddle } = await import('../peers/defuddle.js');
const { Readability: DomSmoothie } = await import('../peers/dom-smoothie.js');
const { openTrafilatura } = await import('../peers/trafilatura.js');
const trafilatura = openTrafilatura();

/** Ends what the contenders run. */
export const closeContenders = () => trafilatura?.close();

export const CONTENDERS = {
  blogger(html, url) {
    const { text, title, author, publishedAt, lang, takenFor } = extractArticle({
      url,
      finalUrl: url,
      contentType: 'text/html',
      body: html,
      fetchedAt: '',
      policy: { allowed: true, policy: 'respect' },
    });
    return { text, title, author, date: publishedAt, lang, takenFor };
  },
  'Readability on linkedom'(html, url) {
    const found = new Readability(parseHTML(html).document, { url }).parse();
    return {
      text: textByBlocks(found?.content ?? ''),
      title: found?.title,
      author: found?.byline,
      date: found?.publishedTime,
      lang: found?.lang,
    };
  },
  async 'Defuddle on linkedom'(html, url) {
    console.error = () => {}; // it reports every malformed JSON-LD
    const found = await Defuddle(parseHTML(html).document, url, { useAsync: false });
    return {
      text: textByBlocks(found.content),
      title: found.title,
      author: found.author,
      date: found.published,
      lang: found.language,
    };
  },
  'dom-smoothie (WebAssembly)'(html, url) {
    const reader = new DomSmoothie(html, url, undefined);
    const found = reader.parse();
    reader.free();
    return {
      text: textByBlocks(found.content ?? ''),
      title: found.title,
      author: found.byline,
      date: found.publishedTime ?? found.published_time,
      lang: found.lang,
    };
  },
  ...(trafilatura === undefined ? {} : { 'Trafilatura (Python)': byTrafilatura }),
};

/** Its text is by lines already, and it says itself what CPU it took. */
async function byTrafilatura(html, url) {
  const { text, title, author, date, cpuMs } = await trafilatura.extract(html, url);
  return { text: text ?? '', title, author, date, cpuMs };
}

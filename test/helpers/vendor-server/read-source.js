/** Finds the sources inside a prompt without knowing how it was built: fences first, else whatever reads like prose. */

const SENTENCE = /[^.!?。！？\n]+[.!?。！？]+["”’)\]]*/gu;

/** @returns {{ id: string | undefined, title: string | undefined, sentences: string[] }[]} */
export function readSources(user) {
  const fenced = readFences(user);
  const sources = (fenced.length > 0 ? fenced : [{ id: undefined, text: user }]).map(({ id, text }) => ({
    id,
    title: readTitle(text),
    sentences: readSentences(text),
  }));
  const usable = sources.filter((source) => source.sentences.length > 0);
  return usable.length > 0
    ? usable
    : [{ id: undefined, title: readTitle(user), sentences: [user.replace(/\s+/g, ' ').slice(0, 400)] }];
}

function readFences(user) {
  const fences = [];
  for (const match of user.matchAll(/<([A-Za-z][\w:-]*)((?:\s[^<>]*)?)>\s*\n([\s\S]*?)\n\s*<\/\1>/g)) {
    const text = match[3] ?? '';
    // A block around several sources is read through its innermost fences.
    const inner = readFences(text).map((fence) => fence.text);
    fences.push({
      id: /\bid="?([^"\s>]+)/.exec(match[2] ?? '')?.[1],
      text: inner.length > 0 ? inner.join('\n\n') : text,
    });
  }
  if (fences.length > 0) return fences;
  // Marker lines: a pair of lines that share a long unguessable word, such as `=== SOURCE 1 8f3a… ===` and `=== END 8f3a… ===`.
  const lines = user.split('\n');
  const opened = new Map();
  lines.forEach((line, index) => {
    const nonce = /[0-9a-f]{8,}/i.exec(line)?.[0] ?? /^(`{3,}|~{3,}|"{3,}|={3,}|-{5,})/.exec(line)?.[1];
    if (nonce === undefined || line.length > 300) return;
    const from = opened.get(nonce);
    if (from === undefined) opened.set(nonce, index);
    else {
      opened.delete(nonce);
      const text = lines.slice(from + 1, index).join('\n');
      if (text.length > 80) fences.push({ id: /\bid[=: ]"?([\w-]+)/.exec(lines[from] ?? '')?.[1], text });
    }
  });
  return fences;
}

function readTitle(text) {
  const named = /^\s*(?:title|제목)\s*[:=]\s*(.+)$/im.exec(text)?.[1] ?? /^#\s+(.+)$/m.exec(text)?.[1];
  return named?.replace(/^["“]|["”]$/g, '').trim();
}

function readSentences(text) {
  const sentences = [];
  for (const block of text.split(/\n+/)) {
    const line = block.replace(/^[#>*\-\s\d.)]+(?=\S)/, (lead) => (/\d/.test(lead) ? lead : '')).trim();
    if (/^(title|url|author|published|site|date|source|keywords?|lang(uage)?|제목)\s*[:=]/i.test(line)) continue;
    for (const sentence of line.match(SENTENCE) ?? []) {
      const clean = sentence
        .replace(/[[\]*_`]/g, '')
        .replace(/\(https?:[^)]*\)/g, '')
        .replace(/\s+/g, ' ')
        .trim();
      if (clean.length >= 25 && !/https?:/.test(clean)) sentences.push(clean);
    }
  }
  return sentences;
}

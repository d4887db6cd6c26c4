/** Finds answers that a vendor gave under the key of another row, as Gemini was seen to do, and puts each to the row that it is about. */

import type { BatchRow, PromptOf } from '../../../../core/ports.ts';

type AnswerRow = Extract<BatchRow, { readonly kind: 'answer' }>;

/** Words that only one prompt of a batch has and that its answer repeats: fewer say nothing. */
const MIN_SHARED = 4;
/** An answer with this share of them in common with its own prompt may be about both. */
const OWN_SHARE = 0.25;

/** Answers are exchanged only in rings, so that each row keeps one; all others stay where they are. */
export function placedRows(rows: readonly BatchRow[], promptOf: PromptOf): readonly BatchRow[] {
  const answers = rows.filter((row): row is AnswerRow => row.kind === 'answer');
  const ownerOf = ownersOfWords(answers, promptOf);
  const homes = new Map(answers.map((row) => [row.id, homeOf(row, ownerOf)]));
  return rows.map((row) => {
    const home = homes.get(row.id);
    return row.kind === 'answer' && home !== undefined && isInRing(row.id, homes) ? { ...row, id: home } : row;
  });
}

/** True where the way from home to home comes back. */
function isInRing(id: string, homes: ReadonlyMap<string, string>): boolean {
  const seen = new Set<string>();
  let at = homes.get(id);
  while (at !== undefined && at !== id && !seen.has(at)) {
    seen.add(at);
    at = homes.get(at);
  }
  return at === id;
}

/** The row whose prompt has each word to itself. */
function ownersOfWords(answers: readonly AnswerRow[], promptOf: PromptOf): ReadonlyMap<string, string | undefined> {
  const owners = new Map<string, string | undefined>();
  for (const { id } of answers)
    for (const word of wordsOf(promptOf(id)?.user ?? '')) owners.set(word, owners.has(word) ? undefined : id);
  return owners;
}

/** The row that an answer is about: its own, unless the words of another are by far more. */
function homeOf({ id, reply }: AnswerRow, ownerOf: ReadonlyMap<string, string | undefined>): string {
  const shared = new Map<string, number>();
  for (const word of wordsOf(reply.text)) {
    const owner = ownerOf.get(word);
    if (owner !== undefined) shared.set(owner, (shared.get(owner) ?? 0) + 1);
  }
  const [best, most = 0] = [...shared].sort((a, b) => b[1] - a[1])[0] ?? [];
  if (best === undefined || most < MIN_SHARED || (shared.get(id) ?? 0) > most * OWN_SHARE) return id;
  return best;
}

/** Numbers and words, without the endings of Korean and Japanese words, which differ from use to use. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.map((word) =>
      /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]/u.test(word) ? word.slice(0, 2) : word,
    ),
  );
}

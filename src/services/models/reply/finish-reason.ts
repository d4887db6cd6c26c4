import type { FinishReason } from '../../../core/ports.ts';

/** Reasons that cut an answer short. Every other word, such as `eos`, `end_turn` or `complete`, means a complete answer. */
const CAUSES: readonly (readonly [RegExp, FinishReason])[] = [
  [
    /length|max[_ ]?(?:\w{0,12}[_ ])?tokens|max_output|(?:token|error|time)_?limit|truncat|insufficient|context_?window|pause/i,
    'length',
  ],
  [/recitation/i, 'recitation'],
  [/content_?filter|safety|moderat|polic|sensitive|prohibit|block|guardrail|spii|toxic/i, 'safety'],
  [/refus/i, 'refusal'],
  [/error|abort|cancel/i, 'other'],
];

/** The first of the words that names a cause; routers pass on the vendor's own word beside theirs. */
export function finishReasonOf(words: readonly unknown[], text: string): FinishReason {
  const causes = words.flatMap((word) =>
    typeof word === 'string' ? (CAUSES.find(([pattern]) => pattern.test(word))?.[1] ?? []) : [],
  );
  return causes[0] ?? (text.trim() === '' ? 'other' : 'stop');
}

/** The few words that a digest adds of its own, in the language of its source. */

interface DigestWords {
  notice(sources: number): string;
  readonly source: string;
}

const WORDS: Readonly<Record<string, DigestWords>> = {
  en: {
    notice: (sources) =>
      `*This is a digest: every sentence below is quoted from ${sources === 1 ? 'its source' : 'one of its sources'}, which is named under the quotations.*`,
    source: 'Source',
  },
  ko: {
    notice: () => '*이 글은 발췌문입니다. 아래의 모든 문장은 글 끝에 밝힌 출처에서 그대로 인용한 것입니다.*',
    source: '출처',
  },
  ja: { notice: () => '*これは抜粋です。以下の文はすべて、末尾に示した出典からの引用です。*', source: '出典' },
  de: {
    notice: () => '*Dies ist eine Zusammenstellung: jeder Satz ist aus der Quelle zitiert, die darunter steht.*',
    source: 'Quelle',
  },
  fr: {
    notice: () => '*Ceci est un recueil : chaque phrase est citée de la source indiquée ci-dessous.*',
    source: 'Source',
  },
  es: {
    notice: () => '*Esto es una selección: cada frase está citada de la fuente indicada abajo.*',
    source: 'Fuente',
  },
};

export function wordsFor(lang: string): DigestWords {
  return WORDS[lang.split('-')[0] ?? ''] ?? (WORDS['en'] as DigestWords); // English is in the table
}

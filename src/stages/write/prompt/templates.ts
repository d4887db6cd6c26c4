/** Post templates by name, for the setting `template`. */

export const TEMPLATES = {
  article:
    'An informative article: a first paragraph that says what the reader learns, then sections in a sensible order, then a short conclusion.',
  news: 'A news report: the most important facts first (who, what, when, where), then the background, then what comes next if the source says so.',
  'how-to':
    'A guide: what the reader needs, then numbered steps, each with its reason, then the usual mistakes if the source names them.',
  listicle: 'A list: a short introduction, then one section for each point, its heading the point itself.',
  review:
    'A review: what it is and for whom, strengths, weaknesses, figures as the source gives them, and a verdict that follows from them.',
} as const satisfies Record<string, string>;

/** Wordings that version 2 of the prompts had and later ones have not. */
const CHANGED: Partial<Record<TemplateName, string>> = {
  article:
    'An informative article: the main fact first, then sections in the order in which a reader needs them. It ends with the last fact, without a summary.',
  listicle:
    'A list: one paragraph that says what is listed and by what rule, then one section for each point, its heading the point itself.',
};

export type TemplateName = keyof typeof TEMPLATES;

export function isTemplateName(name: string): name is TemplateName {
  return name in TEMPLATES;
}

export function templateOf(name: TemplateName, version: string): string {
  return version === '2' ? TEMPLATES[name] : (CHANGED[name] ?? TEMPLATES[name]);
}

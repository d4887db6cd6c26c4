/** Shapes of posts, by the name in the `template` setting. */

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

export type TemplateName = keyof typeof TEMPLATES;

export function isTemplateName(name: string): name is TemplateName {
  return name in TEMPLATES;
}

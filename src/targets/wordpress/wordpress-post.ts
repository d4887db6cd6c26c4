/** A post as WordPress has it, and the mark by which it is found again. */

import type { PostDocument } from '../../core/publishing.ts';

export interface WordPressPost {
  readonly id: number;
  readonly status: string;
  readonly link: string;
  readonly slug: string;
  /** In UTC, without a zone. */
  readonly modified_gmt: string;
  readonly content: { readonly raw?: string; readonly rendered: string };
}

/** An HTML comment stays in the text for all roles, and the search looks into it. Fields that nobody registered are dropped. */
export function markedContent({ html, key, hash }: PostDocument): string {
  return `${withoutShortcodes(html)}\n<!-- blogger:${key} ${hash} -->`;
}

export function readMark({ content }: WordPressPost): { readonly key: string; readonly hash: string } | undefined {
  const [, key, hash] = /<!-- blogger:([0-9a-f]+) ([0-9a-f]+) -->/.exec(content.raw ?? '') ?? [];
  return key === undefined || hash === undefined ? undefined : { key, hash };
}

/** WordPress runs `[gallery]` wherever it stands: as an entity it is a sign like any other. */
function withoutShortcodes(html: string): string {
  return html.replace(/<[^<>]*>|\[/g, (part) => (part === '[' ? '&#91;' : part));
}

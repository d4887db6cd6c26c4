/** A block of text on lines of its own. */
export interface Block {
  readonly kind: 'paragraph' | 'heading' | 'list' | 'code' | 'table' | 'quote' | 'rule';
  /** Empty where the block is an image or a rule. */
  readonly text: string;
  /** For a heading: without its number signs, they depend on the other headings. */
  readonly markdown: string;
  /** 1 to 6, of headings. */
  readonly level?: number;
}

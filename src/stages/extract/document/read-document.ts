import { texDelimiters } from './settle/formulas/tex-in-text.ts';
import { settleDocument } from './settle/settle-document.ts';
import { DOCUMENT_LIMITS, type DocumentLimits, type ReadDocument, TreeBuilder } from './tree-builder.ts';

/**
 * Reads HTML into a tree that holds only what a reader sees: scripts, styles, templates, comments and hidden text are gone,
 * JSON-LD and head data are kept aside. Linear time and constant stack for any page. A page whose only text is hidden until a script
 * shows it, or stands in `noscript`, is read again with that part shown.
 */
export function readDocument(html: string, url: string, limits: DocumentLimits = DOCUMENT_LIMITS): ReadDocument {
  const text = html.length > limits.maxChars ? html.slice(0, limits.maxChars) : html;
  const first = new TreeBuilder(text, url, limits, undefined);
  const read = first.read();
  const { partToShow } = first;
  const shown = partToShow === undefined ? read : new TreeBuilder(text, url, limits, partToShow).read();
  settleDocument(shown.document, texDelimiters(text));
  return shown;
}

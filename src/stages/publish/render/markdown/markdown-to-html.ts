import GithubSlugger from 'github-slugger';
import type { Element, Root, RootContent } from 'hast';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { boundedMarkdown, parseBounded } from '../../../../util/text/markdown.ts';
import { wordsOf } from '../words.ts';

const toText = unified().use(rehypeStringify);

export interface HtmlOptions {
  /** BCP 47. */
  readonly lang: string;
  /** Sees the tree, whose nodes know their lines, before it is written. */
  readonly rewrite?: (tree: Root) => void;
  /** A person's own text, whose HTML is kept. @default false */
  readonly isWritten?: boolean;
}

/** Markdown as clean HTML. Raw HTML is dropped, or read where a person wrote it; what is left passes an allow-list: no script, style, handler or `javascript:` address survives. */
export async function markdownToHtml(
  markdown: string,
  { lang, rewrite = () => {}, isWritten = false }: HtmlOptions,
): Promise<string> {
  const { footnotes, backToText } = wordsOf(lang);
  const schema = { ...defaultSchema, clobberPrefix: '' };
  const written = isWritten ? await import('../written/written-html.ts') : undefined;
  const toTree = unified()
    .use(remarkRehype, {
      footnoteLabel: footnotes,
      footnoteBackLabel: backToText,
      clobberPrefix: '',
      allowDangerousHtml: isWritten,
    })
    .use(() => (tree: Root) => written?.readWrittenHtml(tree) ?? tree)
    .use(rehypeSanitize, written?.writtenSchema(schema) ?? schema)
    .use(() => finishTree);
  const tree = await toTree.run(parseBounded(boundedMarkdown(markdown)));
  rewrite(tree);
  return treeToHtml(tree.children);
}

/** Nodes as HTML, every text escaped. */
export function treeToHtml(children: Root['children']): string {
  return toText.stringify({ type: 'root', children });
}

/** Headings get the names that GitHub gives them, links leave no trace of where a reader came from. */
function finishTree(tree: Root): void {
  const slugger = new GithubSlugger();
  const visit = (node: Root | Element): void => {
    if (node.type === 'element' && node.tagName === 'a') node.properties['rel'] = ['noopener'];
    if (node.type === 'element' && /^h[1-6]$/.test(node.tagName)) node.properties['id'] ??= slugger.slug(wordsIn(node));
    for (const child of node.children) if (child.type === 'element') visit(child);
  };
  visit(tree);
}

function wordsIn(node: RootContent): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(wordsIn).join('') : '';
}

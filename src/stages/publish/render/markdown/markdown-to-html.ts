import type { Element, Root } from 'hast';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

/** Raw HTML in Markdown is dropped, what is left passes an allow-list: no script, style, handler or `javascript:` address survives. */
const toTree = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype)
  .use(rehypeSanitize, { ...defaultSchema, clobberPrefix: '' })
  .use(() => openLinksSafely);
const toText = unified().use(rehypeStringify);

/** Markdown as clean HTML; `rewrite` sees the tree, whose nodes know their lines, before it is written. */
export async function markdownToHtml(markdown: string, rewrite: (tree: Root) => void = () => {}): Promise<string> {
  const tree = await toTree.run(toTree.parse(markdown));
  rewrite(tree);
  return treeToHtml(tree.children);
}

/** Nodes as HTML, every text escaped. */
export function treeToHtml(children: Root['children']): string {
  return toText.stringify({ type: 'root', children });
}

function openLinksSafely(tree: Root): void {
  const visit = (node: Root | Element): void => {
    if (node.type === 'element' && node.tagName === 'a') node.properties['rel'] = ['noopener'];
    for (const child of node.children) if (child.type === 'element') visit(child);
  };
  visit(tree);
}

/** HTML that a person wrote into a post of their own: as elements, of which the allow-list then keeps what shows something and runs nothing. */

import type { Element, Root, RootContent } from 'hast';
import { parseDocument } from 'htmlparser2';
import type { defaultSchema } from 'rehype-sanitize';

type Parsed = ReturnType<typeof parseDocument>['children'][number];

/** Stands for a node of Markdown while the HTML around it is read: `<details>` and its end are two blocks. */
const PLACE = 'blogger-place';

/** The tree with its raw HTML read; tags that name no element of HTML, as in `List<T>`, are text. */
export function readWrittenHtml(tree: Root): Root {
  return { ...tree, children: readChildren(tree.children) as Root['children'] };
}

function readChildren(children: readonly RootContent[]): RootContent[] {
  const inner = children.map((child) =>
    child.type === 'element' ? { ...child, children: readChildren(child.children) as Element['children'] } : child,
  );
  if (!inner.some(({ type }) => type === 'raw')) return inner;
  const written = inner.map((child, at) => (child.type === 'raw' ? child.value : `<${PLACE} at="${at}"></${PLACE}>`));
  return parseDocument(written.join(''), { lowerCaseTags: false }).children.flatMap((node) => toHast(node, inner));
}

function toHast(node: Parsed, nodes: readonly RootContent[]): RootContent[] {
  if (node.type === 'text') return [{ type: 'text', value: node.data }];
  if (!('attribs' in node)) return [];
  if (node.name === PLACE) return [nodes[Number(node.attribs['at'])]].flatMap((one) => one ?? []);
  const children = node.children.flatMap((child) => toHast(child, nodes));
  const name = node.name.toLowerCase();
  if (!ELEMENTS.has(name) && Object.keys(node.attribs).length === 0 && !name.includes('-'))
    return [{ type: 'text', value: `<${node.name}>` }, ...children];
  const properties = Object.fromEntries(
    Object.entries(node.attribs).flatMap(([attribute, value]) => {
      const property = PROPERTIES[attribute.toLowerCase()];
      return property === undefined ? [] : [[property, value === '' ? true : value] as const];
    }),
  );
  return [{ type: 'element', tagName: name, properties, children: children as Element['children'] }];
}

const same = (names: string) => Object.fromEntries(names.split(' ').map((name) => [name, name]));

/** Attributes by the names that the tree has for them; others are left out. */
const PROPERTIES: Readonly<Record<string, string>> = {
  ...same('href src alt title width height align open cite id lang dir start type controls loading poster'),
  colspan: 'colSpan',
  rowspan: 'rowSpan',
  datetime: 'dateTime',
  allowfullscreen: 'allowFullScreen',
};

const ELEMENTS = new Set(
  'a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr'.split(
    ' ',
  ),
);

/** What a person may show besides what Markdown can say: nothing that runs in the page itself. */
export function writtenSchema(schema: typeof defaultSchema): typeof defaultSchema {
  const { tagNames, attributes, protocols } = schema;
  return {
    ...schema,
    tagNames: [
      ...(tagNames ?? []),
      'figure',
      'figcaption',
      'mark',
      'u',
      'small',
      'abbr',
      'cite',
      'time',
      'audio',
      'video',
      'iframe',
    ],
    attributes: {
      ...attributes,
      iframe: ['src', 'title', 'width', 'height', 'allowFullScreen', 'loading'],
      video: ['src', 'controls', 'width', 'height', 'poster'],
      audio: ['src', 'controls'],
      source: ['src', 'type'],
      time: ['dateTime'],
    },
    protocols: { ...protocols, href: [...(protocols?.['href'] ?? []), 'tel'], src: ['https', 'http'] },
    strip: ['script', 'style', 'template', 'noscript', 'title', 'textarea', 'svg', 'object'],
  };
}

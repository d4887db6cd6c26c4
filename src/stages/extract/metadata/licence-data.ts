/** The licences in a page's JSON-LD (schema.org): of its pictures, and of the article itself. */

import { ARTICLE_TYPES, type Node, names, nodesIn, text, typesOf } from '../linked-data.ts';

export interface LicenceData {
  readonly pictures: readonly {
    readonly src: string;
    readonly license: string | undefined;
    readonly creator: string | undefined;
    readonly caption: string | undefined;
  }[];
  /** Of the article or its page. */
  readonly licenses: readonly string[];
}

const HOLDERS = [
  '@graph',
  'mainEntity',
  'mainEntityOfPage',
  'image',
  'primaryImageOfPage',
  'associatedMedia',
  'hasPart',
];

export function readLicenceData(scripts: readonly string[]): LicenceData {
  const nodes = nodesIn(scripts, HOLDERS);
  const byId = new Map(
    nodes.flatMap((node) => (typeof node['@id'] === 'string' && '@type' in node ? [[node['@id'], node] as const] : [])),
  );
  const pictures = nodes.filter((node) => isOf(node, /ImageObject$/)).filter((node) => node['license'] !== undefined);
  const articles = nodes.filter((node) => isOf(node, ARTICLE_TYPES));
  return {
    pictures: pictures.flatMap((node) => {
      const src = text(node['contentUrl']) ?? text(node['url']);
      if (src === undefined) return [];
      const creator =
        names(node['creator'] ?? node['author'], byId)?.join(', ') ??
        text(node['creditText'], 200) ??
        names(node['copyrightHolder'], byId)?.join(', ');
      return [
        {
          src,
          license: addressOf(node['license']),
          creator,
          caption: text(node['caption'], 300) ?? text(node['name'], 300),
        },
      ];
    }),
    licenses: articles.flatMap((node) => addressOf(node['license']) ?? []),
  };
}

function isOf(node: Node, types: RegExp): boolean {
  return typesOf(node).some((type) => types.test(type));
}

/** An address, or a CreativeWork that has one. */
function addressOf(value: unknown): string | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const node = value as Node;
    return text(node['url']) ?? text(node['@id']);
  }
  return text(value);
}

/** Tables of HTML elements for the reader of documents. */

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

export const VOID_TAGS = set(
  'area base basefont br col command embed frame hr img input keygen link meta param source track wbr',
);

/** Elements whose content is not visible or not needed: dropped with all their content. */
export const DROPPED_TAGS = set(
  'script style svg template noscript noembed noframes object embed applet canvas map select datalist textarea option optgroup frameset progress meter',
);

/** Elements whose tags are dropped and whose content is kept. */
export const TRANSPARENT_TAGS = set('html body head font nobr big blink marquee slot');

/** A line of text ends where one of these begins or ends. */
export const BLOCK_TAGS = set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul',
);

export const HEADING_TAGS = set('h1 h2 h3 h4 h5 h6');

/** Formatting elements: a wrongly nested end tag of these closes only itself. */
export const FORMATTING_TAGS = set(
  'a abbr b bdi bdo cite code del dfn em i ins kbd label mark q s samp small span strike strong sub sup time tt u var',
);

/** An end tag does not reach beyond these, unless it is one of a table. */
export const SCOPE_TAGS = set('table td th caption');
export const TABLE_TAGS = set('table caption colgroup thead tbody tfoot tr td th');

interface ImpliedEnd {
  /** Open elements that the start tag closes. */
  readonly closes: ReadonlySet<string>;
  /** The search for them ends here. */
  readonly within: ReadonlySet<string>;
}

const PARAGRAPH: ImpliedEnd = {
  closes: set('p'),
  within: set('td th table caption button object body li dd dt div section article blockquote'),
};
const ITEM: ImpliedEnd = { closes: set('li'), within: set('ul ol menu dir table td th') };
const TERM: ImpliedEnd = { closes: set('dt dd'), within: set('dl table td th') };
const ROW: ImpliedEnd = { closes: set('tr td th'), within: set('table tbody thead tfoot') };
const CELL: ImpliedEnd = { closes: set('td th'), within: set('table tr') };
const ROW_GROUP: ImpliedEnd = { closes: set('tbody thead tfoot tr td th caption'), within: set('table') };
const LINK: ImpliedEnd = { closes: set('a'), within: set('table td th div p li section article') };
const HEADING: ImpliedEnd = { closes: set('p h1 h2 h3 h4 h5 h6'), within: PARAGRAPH.within };
const RUBY: ImpliedEnd = { closes: set('rt rp'), within: set('ruby') };

/** Which start tags end which open elements (HTML standard, "optional tags", without the rarities). */
export const IMPLIED_ENDS: ReadonlyMap<string, ImpliedEnd> = new Map<string, ImpliedEnd>([
  ...[...BLOCK_TAGS]
    .filter((name) => !TABLE_TAGS.has(name) && name !== 'body' && name !== 'html')
    .map((name) => [name, PARAGRAPH] as const),
  ['table', PARAGRAPH],
  ['li', ITEM],
  ['dt', TERM],
  ['dd', TERM],
  ['tr', ROW],
  ['td', CELL],
  ['th', CELL],
  ['thead', ROW_GROUP],
  ['tbody', ROW_GROUP],
  ['tfoot', ROW_GROUP],
  ['a', LINK],
  ['rt', RUBY],
  ['rp', RUBY],
  ...[...HEADING_TAGS].map((name) => [name, HEADING] as const),
]);

/** Attributes that later steps read; all others are dropped. */
export const KEPT_ATTRIBUTES = set(
  'class id href src srcset alt title lang dir role rel itemprop itemtype datetime colspan rowspan start type open data-language data-lang reversed aria-label aria-controls aria-expanded aria-haspopup aria-modal data-target data-bs-target name content property value alttext encoding display checked code language data-prefix aria-level block data-line close notation',
);

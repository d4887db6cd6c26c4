import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { manyOf } from '../../src/util/text/plural.ts';

export interface MessageText {
  readonly file: string;
  readonly line: number;
  /** The literal, with `{}` for what is put into it. */
  readonly text: string;
}

/** Folders and files whose texts reach no person at a terminal, and why. */
const NOT_MESSAGES: readonly (readonly [where: RegExp, why: string])[] = [
  [/^src\/stages\/write\/prompt\/|^src\/services\/models\/client\/schema-text/, 'instructions to a model'],
  [/^src\/stages\/write\/long-post/, 'instructions to a model'],
  [/^src\/services\/metrics\/|^src\/services\/telemetry\//, 'help of metrics, in the exposition format'],
  [/^src\/stages\/publish\/render\/|^src\/cli\/report\/(?:report-page|charts|page-)/, 'text of pages'],
  [
    /^src\/stages\/extract\/(?:document|metadata|judge|render|kind)\/|^src\/stages\/extract\/language/,
    'vocabulary of extraction',
  ],
  [
    /^src\/stages\/check\/(?:quantities|arithmetic\/asks|statements\/(?:marks|opposites|speakers|words|who\/(?:roles|sides)))/,
    'vocabulary of checks',
  ],
  [
    /^src\/stages\/check\/dates\/date-forms|^src\/stages\/check\/grounding\/(?:dates|source-sentences)/,
    'vocabulary of checks',
  ],
  [
    /^src\/stages\/crawl\/(?:text|render|robots|policy\/(?:ai-policy|page-signals))|^src\/stages\/list\/read\/list-start/,
    'formats',
  ],
  [
    /^src\/services\/(?:site|models\/extractive|models\/client\/refusal-words|ledger\/ledger-sums|redis\/redis-control|jobs\/postgres-depth)/,
    'vocabulary and queries',
  ],
  [/^src\/mcp\//, 'read by a model'],
  [/^src\/ui\/messages\//, 'the catalogue'],
  [/^src\/cli\/init\/files/, 'text of files'],
  [/^src\/cli\/reporters\/github/, 'read by GitHub'],
];

/** Calls whose texts are for a log or a database. */
const NOT_FOR_PEOPLE =
  /(?:\blog(?:ger)?\??\.(?:debug|info|warn|error|child)|\.(?:prepare|exec|query|run|sql|header|setHeader|question))$/;
const QUERY =
  /^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|BEGIN|WITH|COMMIT|ROLLBACK|WHERE|ON CONFLICT|AND |FROM|ORDER|LIMIT|VALUES|GROUP|CASE|CAST|local |return |\(SELECT|\(extract)/m;

/** Every string and template literal of `src/` that reads as words for a person: two words or more, in no query, log or file. */
export function messageTexts(root: string): readonly MessageText[] {
  texts ??= readTexts(root); // parsing all sources takes seconds
  return texts;
}

let texts: readonly MessageText[] | undefined;

function readTexts(root: string): readonly MessageText[] {
  return sourceFiles(join(root, 'src')).flatMap((path) => {
    const file = path.slice(root.length).replaceAll('\\', '/').replace(/^\//, '');
    if (NOT_MESSAGES.some(([where]) => where.test(file))) return [];
    return textsOf(ts.createSourceFile(file, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true), file);
  });
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function textsOf(source: ts.SourceFile, file: string): MessageText[] {
  const found: MessageText[] = [];
  const visit = (node: ts.Node): void => {
    const text = literalOf(node);
    if (text !== undefined && isProse(text) && !isOfPrograms(node))
      found.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function literalOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `${slotOf(span)}${span.literal.text}`).join('');
}

/** `{}`; for `plural(count, 'entry')` also the thing, in its form for many. */
function slotOf({ expression }: ts.TemplateSpan): string {
  if (!isPlural(expression)) return '{}';
  const [, one, many] = expression.arguments;
  if (many !== undefined && ts.isStringLiteralLike(many)) return `{} ${many.text}`;
  return one !== undefined && ts.isStringLiteralLike(one) ? `{} ${manyOf(one.text)}` : '{}';
}

function isPlural(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && node.expression.getText() === 'plural';
}

function isProse(text: string): boolean {
  const words = text.replaceAll('{}', ' ');
  return (
    /[A-Za-z]{2}/.test(words) &&
    /\S\s+\S/.test(text.trim()) &&
    !QUERY.test(text) &&
    !/<[a-z!?/]|\(\?[:!=]|\\b|\w\|\w|^\dpx /.test(text)
  );
}

function isOfPrograms(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent)) return true;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (isPlural(parent)) return true; // a part of the text around it
  for (let above: ts.Node = parent; above !== undefined && !ts.isBlock(above); above = above.parent) {
    if (ts.isTaggedTemplateExpression(above)) return true;
    if (ts.isCallExpression(above) && NOT_FOR_PEOPLE.test(above.expression.getText())) return true;
  }
  return false;
}

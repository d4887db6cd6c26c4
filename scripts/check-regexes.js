// Finds regular expressions in `src/` whose matching time grows faster than linearly with the input, and exits 1 when there are any.
// A comment `// input: at most N characters` on the line before accepts an expression of the 2nd degree with N up to 10000.
// An expression that the checker cannot judge in time (`unknown`) is listed and does not fail: that depends on the machine's load.
// Usage: node scripts/check-regexes.js [file…]

import { readFileSync } from 'node:fs';
import { checkSync } from 'recheck';
import ts from 'typescript';

const LONGEST_INPUT = 10_000;

const files = process.argv.length > 2 ? process.argv.slice(2) : ts.sys.readDirectory('src', ['.ts', '.tsx']);
const found = files.flatMap((file) => literalsOf(file).map((literal) => ({ ...literal, file })));
const slow = found.map((literal) => ({ ...literal, ...verdictOf(literal) })).filter((literal) => !isAccepted(literal));

for (const { file, line, status, complexity, source, flags, attack } of slow) {
  console.log(
    `${file}:${line} ${status} ${complexity} /${source}/${flags}${attack === undefined ? '' : `  e.g. ${attack}`}`,
  );
}
console.log(`${found.length} regular expressions, ${slow.length} not proven linear`);
if (slow.some(({ status }) => status === 'vulnerable')) process.exitCode = 1;

function isAccepted({ status, complexity, bound }) {
  if (status === 'safe') return true;
  return complexity.startsWith('2nd degree') && bound !== undefined && bound <= LONGEST_INPUT;
}

/** Every regular expression literal of a file. */
function literalsOf(file) {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const literals = [];
  visit(tree);
  return literals;

  function visit(node) {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      const said = /^\s*\/\/ input: at most (\d+) characters$/.exec(lines[line - 1] ?? '')?.[1];
      literals.push({
        line: line + 1,
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
        bound: said === undefined ? undefined : Number(said),
      });
    }
    ts.forEachChild(node, visit);
  }
}

function verdictOf({ source, flags }) {
  const { status, complexity, attack } = checkSync(source, flags, { timeout: 5_000 });
  return { status, complexity: complexity?.summary ?? '', attack: attack?.pattern };
}

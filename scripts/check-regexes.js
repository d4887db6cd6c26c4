// Finds regular expressions in `src/` whose matching time grows faster than linearly with the input, and exits 1 when there are any.
// Usage: node scripts/check-regexes.js [file…]

import { readFileSync } from 'node:fs';
import { checkSync } from 'recheck';
import ts from 'typescript';

const files = process.argv.length > 2 ? process.argv.slice(2) : ts.sys.readDirectory('src', ['.ts', '.tsx']);
const found = files.flatMap((file) => literalsOf(file).map((literal) => ({ ...literal, file })));
const slow = found.map((literal) => ({ ...literal, ...verdictOf(literal) })).filter(({ status }) => status !== 'safe');

for (const { file, line, status, complexity, source, flags, attack } of slow) {
  console.log(
    `${file}:${line} ${status} ${complexity} /${source}/${flags}${attack === undefined ? '' : `  e.g. ${attack}`}`,
  );
}
console.log(`${found.length} regular expressions, ${slow.length} not proven linear`);
if (slow.length > 0) process.exitCode = 1;

/** Every regular expression literal of a file. */
function literalsOf(file) {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const literals = [];
  visit(tree);
  return literals;

  function visit(node) {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      literals.push({ line: line + 1, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, visit);
  }
}

function verdictOf({ source, flags }) {
  const { status, complexity, attack } = checkSync(source, flags, { timeout: 5_000 });
  return { status, complexity: complexity?.summary ?? '', attack: attack?.pattern };
}

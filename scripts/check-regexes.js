// Finds regular expressions in `src/` whose matching time grows faster than linearly with the input, and exits 1 when there are any.
// A comment `// input: at most N characters` on the line before accepts an expression of the 2nd degree with N up to 10000.
// An expression that the checker cannot judge in time (`unknown`) is listed and does not fail: that depends on the machine's load.
// Expressions that were found linear once are kept by their hash in `regexes/linear.json`, so that a check judges new ones only.
// Usage: node scripts/check-regexes.js [--all] [--save] [file…]   --all judges every expression again, --save keeps what was found linear

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import ts from 'typescript';

const LONGEST_INPUT = 10_000;
const KEPT = new URL('./regexes/linear.json', import.meta.url);
const CHECKER = createRequire(import.meta.url)('recheck/package.json').version;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean', default: false }, save: { type: 'boolean', default: false } },
});
const files = positionals.length > 0 ? positionals : ts.sys.readDirectory('src', ['.ts', '.tsx']);
const kept = readKept();
const found = files.flatMap((file) => literalsOf(file).map((literal) => ({ ...literal, file, hash: hashOf(literal) })));
const known = new Set(values.all ? [] : kept.linear);
const judged = await judgeAll(found.filter(({ hash }) => !known.has(hash)));
const slow = judged.filter((literal) => !isAccepted(literal));

for (const { file, line, status, complexity, source, flags, attack } of slow) {
  console.log(
    `${file}:${line} ${status} ${complexity} /${source}/${flags}${attack === undefined ? '' : `  e.g. ${attack}`}`,
  );
}
console.log(`${found.length} regular expressions, ${slow.length} not proven linear`);
if (slow.some(({ status }) => status === 'vulnerable')) process.exitCode = 1;
if (values.save) saveKept();

function isAccepted({ status, complexity, bound }) {
  if (status === 'safe') return true;
  return complexity.startsWith('2nd degree') && bound !== undefined && bound <= LONGEST_INPUT;
}

/** Verdicts of another version of the checker do not count. */
function readKept() {
  const nothing = { checker: CHECKER, linear: [] };
  const read = JSON.parse(readFileSync(KEPT, 'utf8'));
  return read.checker === CHECKER ? read : nothing;
}

/** Those that are in the sources and linear, so that the file does not grow. */
function saveKept() {
  const safe = new Set(judged.filter(({ status }) => status === 'safe').map(({ hash }) => hash));
  const isWhole = positionals.length === 0;
  const hashes = isWhole ? found.map(({ hash }) => hash) : [...known, ...safe];
  const linear = [...new Set(hashes.filter((hash) => safe.has(hash) || known.has(hash)))].sort();
  writeFileSync(KEPT, `${JSON.stringify({ checker: CHECKER, linear }, undefined, 2)}\n`);
}

function hashOf({ source, flags }) {
  return createHash('sha256').update(`/${source}/${flags}`).digest('hex').slice(0, 16);
}

/** Each expression once, over all processors. */
async function judgeAll(literals) {
  const waiting = [...new Map(literals.map((literal) => [literal.hash, literal])).values()];
  const verdicts = new Map();
  const threads = Math.min(availableParallelism(), Math.ceil(waiting.length / 4));
  await Promise.all(
    Array.from({ length: threads }, () => {
      const worker = new Worker(new URL('./regexes/judge.js', import.meta.url));
      return new Promise((resolve, reject) => {
        const next = () => {
          const literal = waiting.shift();
          if (literal === undefined) return void worker.terminate().then(resolve);
          worker.postMessage({ hash: literal.hash, source: literal.source, flags: literal.flags });
        };
        worker.on('error', reject);
        worker.on('message', ({ hash, ...verdict }) => {
          verdicts.set(hash, verdict);
          next();
        });
        next();
      });
    }),
  );
  return literals.map((literal) => ({ ...literal, ...verdicts.get(literal.hash) }));
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

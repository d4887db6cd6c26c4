// The limit that `blogger score` is measured against: every file read and parsed once, as a tree of Markdown.

import { readFile } from 'node:fs/promises';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const parser = unified().use(remarkParse).use(remarkGfm);
for (const file of process.argv.slice(2)) console.log(parser.parse(await readFile(file, 'utf8')).children.length);

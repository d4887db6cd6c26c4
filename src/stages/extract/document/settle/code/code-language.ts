/** The language of a code listing, from the attributes and classes that highlighters write; the innermost element that has one counts. */

import type { ElementNode } from '../../nodes.ts';
import { isBar, labelOf } from './code-text.ts';

export function codeLanguage(pre: ElementNode, code: ElementNode | undefined): string {
  const around: ElementNode[] = [];
  for (let node = pre.parentNode, steps = 0; node !== null && steps < 6; steps += 1) {
    around.push(node);
    node = node.parentNode;
  }
  for (const element of [...(code === undefined ? [] : [code]), pre, ...around]) {
    const language = languageOf(element);
    if (language !== undefined) return language === 'plain' ? '' : language;
  }
  const bar = pre.getElementsByTagName('*').find(isBar);
  const label = bar === undefined ? '' : labelOf(bar);
  return isKnown(label) ? spelled(label).replace(/^plain$/, '') : '';
}

/** A language that the attributes and classes of one element name. */
export function languageOf(element: ElementNode): string | undefined {
  for (const name of ['data-language', 'data-lang', 'data-code-language', 'language']) {
    const stated = element.getAttribute(name);
    if (stated !== null && /^[\w+#.-]{1,20}$/.test(stated)) return spelled(stated);
  }
  const lang = element.getAttribute('lang');
  if ((element.localName === 'code' || element.localName === 'pre') && lang !== null && isKnown(lang))
    return spelled(lang);
  return languageOfClasses(element.className.slice(0, 500), element.localName);
}

const PREFIX =
  /^(?:language|lang|highlight-source|highlight-text|brush|src|code|prism|hl|highlight)[-:]([a-z][\w+#.-]{0,20})$/i;

function languageOfClasses(classes: string, localName: string): string | undefined {
  const tokens = classes
    .replace(/(brush:)\s+/gi, '$1')
    .replace(/;/g, ' ')
    .split(/\s+/);
  for (const token of tokens) {
    const named = PREFIX.exec(token)?.[1];
    if (named === undefined) continue;
    // `language-x` can name any language; `code-block` names a block.
    if (/^lang/i.test(token) || isKnown(named)) return spelled(named);
  }
  const isListing = localName === 'pre' || localName === 'code' || tokens.some((token) => LISTING.test(token));
  const bare = isListing ? tokens.find((token) => isKnown(token)) : undefined;
  return bare === undefined ? undefined : spelled(bare);
}

const LISTING =
  /^(?:highlight|hljs|codehilite|sourceCode|code|chroma|prettyprint|syntax|shiki|rouge|highlighter-rouge|snippet)$/i;

function spelled(language: string): string {
  const plain = language.toLowerCase();
  return NO_LANGUAGE.has(plain) ? 'plain' : plain;
}

const NO_LANGUAGE = new Set([
  'none',
  'default',
  'plain',
  'plaintext',
  'text',
  'nohighlight',
  'txt',
  'no-highlight',
  'auto',
]);

function isKnown(token: string): boolean {
  return KNOWN.has(token.toLowerCase()) || NO_LANGUAGE.has(token.toLowerCase());
}

/** Names that count without a prefix. */
const KNOWN: ReadonlySet<string> = new Set(
  (
    'ada apache asciidoc asm assembly awk bash basic bat batch bicep c c# c++ cfg clojure cmake coffeescript console cpp cs csharp css csv cuda cython d dart ' +
    'delphi diff django docker dockerfile dotenv elixir elm erb erlang f# fortran fsharp gdscript glsl go golang gradle graphql groovy haml handlebars haskell ' +
    'hcl hlsl html http ini java javascript jinja js json json5 jsonc jsx julia kotlin kt latex less lisp lua makefile markdown mathematica matlab md mdx mermaid ' +
    'nginx nim nix objc objective-c objectivec ocaml pascal perl php pl postgresql powershell prisma prolog properties proto protobuf ps1 puppet py pycon python ' +
    'python3 r racket rb regex rest rst ruby rs rust sass scala scheme scss sed sh shell shell-session solidity sparql sql svelte swift systemverilog tcl terraform ' +
    'tex toml ts tsx twig typescript vb vba verilog vhdl vim vue wasm xml xhtml yaml yml zig zsh'
  ).split(' '),
);

import { expect, test } from 'vitest';
import { rendered } from '../../helpers/rendered.ts';

const CODE = 'make tide\n./tide --now';

test.each([
  [
    'Hexo',
    '<figure class="highlight bash"><table><tr><td class="gutter"><pre><span class="line">1</span><br><span class="line">2</span><br></pre></td><td class="code"><pre><span class="line">make tide</span><br><span class="line">./tide --now</span><br></pre></td></tr></table></figure>',
  ],
  [
    'Chroma with a table',
    '<div class="highlight"><div class="chroma"><table class="lntable"><tr><td class="lntd"><pre class="chroma"><code><span class="lnt">1\n</span><span class="lnt">2\n</span></code></pre></td><td class="lntd"><pre class="chroma"><code class="language-bash" data-lang="bash">make tide\n./tide --now\n</code></pre></td></tr></table></div></div>',
  ],
  [
    'Chroma with numbers in the lines',
    '<pre class="chroma"><code class="language-bash" data-lang="bash"><span class="line"><span class="ln">1</span><span class="cl">make tide\n</span></span><span class="line"><span class="ln">2</span><span class="cl">./tide --now\n</span></span></code></pre>',
  ],
  [
    'Pygments',
    '<table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2</pre></div></td><td class="code"><div class="highlight-bash"><pre><span></span>make tide\n./tide --now\n</pre></div></td></tr></table>',
  ],
  [
    'Rouge',
    '<div class="language-bash highlighter-rouge"><div class="highlight"><pre class="highlight"><code><table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">1\n2\n</pre></td><td class="rouge-code"><pre>make tide\n./tide --now\n</pre></td></tr></tbody></table></code></pre></div></div>',
  ],
  [
    'Shiki without line ends',
    '<pre class="shiki"><code class="language-bash"><span class="line">make tide</span><span class="line">./tide --now</span></code></pre>',
  ],
  [
    'Rehype Pretty Code',
    '<figure><pre data-language="bash"><code data-language="bash" style="display:grid"><span data-line=""><span>make</span> tide</span><span data-line="">./tide --now</span></code></pre></figure>',
  ],
  [
    'CSDN',
    '<pre class="prettyprint"><code class="prism language-bash has-numbering">make tide\n./tide --now<div class="hljs-button" data-title="复制"></div></code><ul class="pre-numbering"><li>1</li><li>2</li></ul></pre>',
  ],
  [
    'Juejin',
    '<pre><code class="hljs language-bash copyable" lang="bash">make tide\n./tide --now\n<span class="copy-code-btn">复制代码</span></code></pre>',
  ],
  [
    'Gist',
    '<table class="highlight" data-lang="bash"><tr><td class="blob-num" data-line-number="1"></td><td class="blob-code blob-code-inner">make tide</td></tr><tr><td class="blob-num"></td><td class="blob-code blob-code-inner">./tide --now</td></tr></table>',
  ],
  [
    'highlight.js with numbers',
    '<pre><code class="hljs language-bash"><table class="hljs-ln"><tr><td class="hljs-ln-numbers"><div class="hljs-ln-n">1</div></td><td class="hljs-ln-code">make tide</td></tr><tr><td class="hljs-ln-numbers"><div class="hljs-ln-n">2</div></td><td class="hljs-ln-code">./tide --now</td></tr></table></code></pre>',
  ],
  ['a code element for each line', '<pre class="language-bash"><code>make tide</code><code>./tide --now</code></pre>'],
  ['divs for lines', '<pre data-lang="bash"><div>make tide</div><div>./tide --now</div></pre>'],
  [
    'Prism with a toolbar',
    '<div class="code-toolbar"><pre class="language-bash line-numbers"><code>make tide\n./tide --now<span aria-hidden="true" class="line-numbers-rows"><span></span><span></span></span></code></pre><div class="toolbar"><button>Copy</button></div></div>',
  ],
  [
    'a bar with its language and a button',
    '<div class="code-block"><div class="code-header"><span class="lang">bash</span><span role="button">Copy code</span></div><pre><code class="language-bash">make tide\n./tide --now</code></pre></div>',
  ],
  [
    'a button in a Korean theme',
    '<div class="bar"><button>복사</button></div><pre><code class="hljs bash">make tide\n./tide --now</code></pre>',
  ],
  [
    'prompts of Pygments',
    '<div class="highlight-bash"><pre><span class="gp">$ </span>make tide\n<span class="gp">$ </span>./tide --now</pre></div>',
  ],
  ['GitHub', '<div class="highlight highlight-source-bash"><pre>make tide\n./tide --now</pre></div>'],
  ['SyntaxHighlighter', '<pre class="brush: bash; gutter: true">make tide\n./tide --now</pre>'],
  [
    'pandoc',
    '<div class="sourceCode"><pre class="sourceCode bash"><code class="sourceCode bash">make tide\n./tide --now</code></pre></div>',
  ],
  [
    'numbers that cannot be selected',
    '<pre><code class="language-bash"><span style="display:flex"><span style="user-select:none"> 1</span><span>make tide\n</span></span><span style="display:flex"><span style="user-select:none"> 2</span><span>./tide --now\n</span></span></code></pre>',
  ],
  [
    'prompts that cannot be selected',
    '<pre lang="bash"><code lang="bash"><b class="select-none">you@boat:~$ </b>make tide\n<b class="select-none">you@boat:~$ </b>./tide --now</code></pre>',
  ],
  ['Enlighter', '<pre class="EnlighterJSRAW" data-enlighter-language="bash">make tide\n./tide --now</pre>'],
  ['Confluence', '<pre data-syntaxhighlighter-params="brush: bash; gutter: false">make tide\n./tide --now</pre>'],
  [
    'an editor with a bar in it',
    '<pre><div><div>Bash</div><div><button aria-label="Copy"></button></div></div><div class="cm-content"><span>make</span><span> tide</span><br><span>./tide --now</span></div></pre>',
  ],
  ['the attribute lang', '<pre><code lang="bash">make tide\n./tide --now</code></pre>'],
])('a listing of %s is its code, once, with its language', (_name, html) => {
  expect(rendered(html).markdown).toBe(`\`\`\`bash\n${CODE}\n\`\`\``);
});

test.each([
  ['<div class="code-block"><pre>a b</pre></div>', '```\na b\n```'],
  ['<div class="code-snippet"><pre><code class="language-plaintext">a b</code></pre></div>', '```\na b\n```'],
  ['<pre class="wp-block-code"><code>a b</code></pre>', '```\na b\n```'],
])('no language is made up: %s', (html, markdown) => {
  expect(rendered(html).markdown).toBe(markdown);
});

test.each([
  ['numbers that are the code', '<pre>10\n20\n35</pre>', '10\n20\n35'],
  [
    'code whose lines begin with numbers',
    '<pre><span>1</span> PRINT\n<span>2</span> GOTO 1</pre>',
    '1 PRINT\n2 GOTO 1',
  ],
  ['a comment that is no prompt', '<pre><span class="c"># install it</span>\nmake</pre>', '# install it\nmake'],
  ['its own white space', '<pre>def f():\n\treturn  1</pre>', 'def f():\n\treturn  1'],
])('a listing keeps %s', (_name, html, code) => {
  expect(rendered(html).text).toBe(code);
});

const line = (n: number, code: string) => `<div class="line number${n} index${n - 1}">${code}</div>`;

test.each([
  [
    'SyntaxHighlighter',
    `<div class="syntaxhighlighter js"><table><tbody><tr><td class="gutter">${line(1, '1')}${line(2, '2')}</td><td class="code"><div class="container">${line(1, '<code class="js keyword">var</code> <code class="js plain">a = 1;</code>')}${line(2, '<code class="js spaces">&nbsp;&nbsp;</code><code class="js plain">run(a);</code>')}</div></td></tr></tbody></table></div>`,
    'var a = 1;\n  run(a);',
  ],
  [
    'numbers and code in cells of divs',
    '<table><tr><td><div>9</div><div>10</div></td><td class="source-code"><div>x()</div><div>y()</div></td></tr></table>',
    'x()\ny()',
  ],
  ['xmp, whose tags are text', '<xmp>&lt;b&gt; <b>bold</b>\ntwo</xmp>', '&lt;b&gt; <b>bold</b>\ntwo'],
  ['a code displayed as a block', '<p>As:</p><code class="hl block">a\n  b</code>', 'a\n  b'],
  ['a box with a language', '<div class="code-block" data-lang="http">GET /a\n\n&gt; b</div>', 'GET /a\n\n> b'],
  [
    'Naver',
    '<div class="se-code-source"><div class="__se_code_view language-js">let a;\nlet b;</div></div>',
    'let a;\nlet b;',
  ],
  [
    'Doxygen',
    '<div class="fragment"><div class="line"><span class="lineno">    1</span>int f() {</div><div class="line"><span class="lineno">    2</span>}</div></div>',
    'int f() {\n}',
  ],
  ['listing', '<listing>a\n  b</listing>', 'a\n  b'],
])('code without a pre is a listing: %s', (_name, html, code) => {
  const { markdown } = rendered(html);
  expect(markdown).toMatch(/(?:^|\n\n)```\w*\n/);
  expect(markdown.replace(/^(?:As:\n\n)?```\w*\n|\n```$/g, '')).toBe(code);
});

test.each([
  [
    'a poem',
    '<div class="stanza"><div class="line">The tide is out</div><div class="line">The boats lie still</div></div>',
  ],
  ['a name in a sentence', '<p>Call <code class="block">a\nb</code> here.</p>'],
  ['a box in another language', '<div lang="ko" class="source">첫째 줄\n둘째 줄</div>'],
])('%s is no listing', (_name, html) => {
  expect(rendered(html).markdown).not.toContain('```');
});

test.each([
  ['<table><tr><td>1</td><td>Anna</td></tr></table>'],
  ['<table><tr><td>1</td><td><code>--all</code></td></tr><tr><td>2</td><td><code>--one</code></td></tr></table>'],
])('a table of data is no listing: %s', (html) => {
  expect(rendered(html).markdown).not.toContain('```');
});

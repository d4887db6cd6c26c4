import { expect, test } from 'vitest';
import { detectSite } from '../../../src/cli/init/detect-site.ts';

function site(files: Readonly<Record<string, string>>) {
  return detectSite({ names: Object.keys(files), read: (name) => files[name] ?? '' });
}

test.each([
  ['hugo', 'hugo.toml', { 'hugo.toml': '', archetypes: '' }],
  ['hugo', 'config.toml', { 'config.toml': 'baseURL = "https://example.org/"' }],
  ['hugo', 'config.yaml', { 'config.yaml': 'title: x\nbaseurl: https://example.org' }],
  ['hugo', 'config.json', { 'config.json': '{\n  "baseURL": "https://example.org"\n}' }],
  ['zola', 'config.toml', { 'config.toml': 'base_url = "https://example.org"' }],
  ['jekyll', '_config.yml', { '_config.yml': 'title: x', Gemfile: '' }],
  ['hexo', 'package.json', { '_config.yml': '', 'package.json': '{"dependencies":{"hexo":"^7"}}' }],
  ['astro', 'astro.config.mjs', { 'astro.config.mjs': '', 'package.json': '{}' }],
  ['astro', 'package.json', { 'package.json': '{"devDependencies":{"astro":"5"}}' }],
  ['eleventy', '.eleventy.js', { '.eleventy.js': '' }],
  ['eleventy', 'eleventy.config.mjs', { 'eleventy.config.mjs': '' }],
  ['docusaurus', 'docusaurus.config.ts', { 'docusaurus.config.ts': '' }],
  ['vitepress', 'package.json', { 'package.json': '{"devDependencies":{"vitepress":"1"}}' }],
  ['pelican', 'pelicanconf.py', { 'pelicanconf.py': '' }],
])('%s is recognised by %s', (frontMatter, sign, files) => {
  expect(site(files)).toMatchObject({ frontMatter, sign });
});

test.each([
  ['an empty folder', {}],
  ['a package of another kind', { 'package.json': '{"dependencies":{"react":"19"}}' }],
  ['a broken package.json', { 'package.json': '{' }],
  ['some config.toml', { 'config.toml': '[server]\nport = 1' }],
  ['a package that only names a generator', { 'package.json': '{"name":"hexo","scripts":{"hexo":"x"}}' }],
])('%s is no site', (_name, files) => {
  expect(site(files)).toBeUndefined();
});

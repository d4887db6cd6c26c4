/** The documentation as a site with search: `npm run docs:site`. */

const page = (text, name) => ({ text, link: `/${name}` });

export default {
  title: 'blogger',
  description: 'A list of URLs in, drafted and checked posts out.',
  rewrites: { 'adr/README.md': 'adr/index.md' },
  cleanUrls: true,
  // Files of the repository beside this folder are not part of the site.
  ignoreDeadLinks: [/\.\.\//, /\.json$/, /\.1$/],
  markdown: {
    config(md) {
      // The site's templates read `{{` as a command, the documents do not.
      for (const name of ['text', 'code_inline']) {
        const render = md.renderer.rules[name];
        md.renderer.rules[name] = (...token) => render(...token).replaceAll('{{', '&#123;&#123;');
      }
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: 'deep',
    sidebar: [
      { text: 'Use it', items: [page('Recipes', 'recipes'), page('Settings', 'settings'), page('Errors', 'errors')] },
      {
        text: 'In detail',
        items: [
          page('Lists', 'lists'),
          page('Feeds', 'feeds'),
          page('Reading pages', 'reading-pages'),
          page('Providers', 'providers'),
          page('Grounding', 'grounding'),
          page('Publishing', 'publishing'),
          page('Targets', 'targets'),
          page('Many machines', 'running'),
        ],
      },
      {
        text: 'Other programs',
        items: [page('Library', 'library'), page('MCP', 'mcp'), page('Metrics', 'metrics')],
      },
      {
        text: 'Facts',
        items: [
          page('Figures', 'figures'),
          page('Scale', 'scale'),
          page('Mutation tests', 'mutation'),
          page('Security', 'security'),
          page('Compatibility', 'compatibility'),
          page('Comparison', 'comparison'),
        ],
      },
      { text: 'Build on it', items: [page('Architecture', 'architecture'), page('Extending', 'extending')] },
    ],
  },
};

/** The direction of imports: core ← util ← config, stages/X, services/X, targets/X, ui, figures ← run ← wiring ← api ← cli. One door per package. */

const only = (name, packages, doors) => ({
  name: `door-${name}`,
  comment: `${packages} enters through ${doors} only`,
  severity: 'error',
  from: { path: '^src/', pathNot: doors },
  to: { path: `node_modules/(${packages})/`, dependencyTypesNot: ['type-only'] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'type imports included', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    { name: 'core-imports-nothing', severity: 'error', from: { path: '^src/core/' }, to: { pathNot: '^src/core/' } },
    { name: 'util-imports-core', severity: 'error', from: { path: '^src/util/' }, to: { path: '^src/', pathNot: '^src/(core|util)/' } },
    { name: 'config-imports-core-and-util', severity: 'error', from: { path: '^src/config/' }, to: { path: '^src/', pathNot: '^src/(core|util|config)/' } },
    {
      name: 'stage-knows-no-other-room',
      severity: 'error',
      from: { path: '^src/stages/([^/]+)/' },
      to: { path: '^src/', pathNot: '^src/(core|util)/|^src/stages/$1/' },
    },
    {
      name: 'service-knows-no-other-room',
      severity: 'error',
      from: { path: '^src/services/([^/]+)/' },
      to: { path: '^src/', pathNot: '^src/(core|util)/|^src/services/($1|sqlite|redis)/' },
    },
    { name: 'target-knows-render-alone', severity: 'error', from: { path: '^src/targets/' }, to: { path: '^src/', pathNot: '^src/(core|util|targets)/|^src/stages/publish/render/' } },
    { name: 'target-knows-no-other-target', severity: 'error', from: { path: '^src/targets/([^/]+)/' }, to: { path: '^src/targets/[^/]+/', pathNot: '^src/targets/$1/' } },
    {
      name: 'render-does-no-io',
      severity: 'error',
      from: { path: '^src/stages/publish/render/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|path|path/posix|url)$' },
    },
    { name: 'ui-is-a-listener', severity: 'error', from: { path: '^src/ui/' }, to: { path: '^src/', pathNot: '^src/(core|util|ui)/' } },
    { name: 'figures-import-core-and-util', severity: 'error', from: { path: '^src/figures/' }, to: { path: '^src/', pathNot: '^src/(core|util|figures|services)/' } },
    { name: 'run-knows-no-wiring', severity: 'error', from: { path: '^src/run/' }, to: { path: '^src/(wiring|api|ui|cli)/|^src/index' } },
    { name: 'wiring-knows-no-api', severity: 'error', from: { path: '^src/wiring/' }, to: { path: '^src/(api|ui|cli)/|^src/index' } },
    { name: 'api-knows-no-ui', severity: 'error', from: { path: '^src/api/' }, to: { path: '^src/(ui|cli)/|^src/index' } },
    { name: 'nobody-imports-the-barrel', severity: 'error', from: { path: '^src/' }, to: { path: '^src/index\\.ts$' } },
    {
      name: 'pure-stages-do-no-io',
      severity: 'error',
      from: { path: '^src/(core/|stages/(list|plan|check)/)' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|path|url)$' },
    },
    only('commander', 'commander', '^src/cli/'),
    only('ink', 'ink|react', '^src/ui/'),
    only('undici', 'undici', '^src/services/(http|models)/'),
    only('stores', 'keyv|libsql|ioredis|@keyv', '^src/services/(cache|jobs|ledger|sqlite|redis)/'),
    only('bullmq', 'bullmq', '^src/services/jobs/'),
    only('models', 'openai|@google|@anthropic-ai', '^src/services/models/'),
    only('dom', 'cheerio|@mozilla', '^src/stages/(extract|list/kinds)/'),
    only('feeds', 'feedsmith', '^src/stages/list/kinds/'),
    only('pdf', 'unpdf', '^src/stages/extract/documents/'),
    only('telemetry', '@opentelemetry', '^src/services/telemetry/'),
    only('convert', 'convert', '^src/stages/check/quantities/'),
    only('bottleneck', 'bottleneck', '^src/(stages/crawl|services/(models|crawl-limits))/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};

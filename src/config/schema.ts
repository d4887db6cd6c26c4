/** The only list of settings. File keys, flags, environment variables, defaults, help, README table and JSON Schema come from here. */

import { z } from 'zod';

declare module 'zod' {
  interface GlobalMeta {
    /** Commander syntax, such as `--batch-size <n>`. */
    flag?: string;
    env?: string;
    /** Comes from the environment only and is never printed. */
    secret?: boolean;
    /** How a list of values stands in one flag or variable. */
    separator?: string;
  }
}

const count = (min: number, max: number) => z.number().int().min(min).max(max);
const milliseconds = (max: number) => z.number().int().min(0).max(max);
const HOUR_MS = 3_600_000;
/** A pattern with its words: they stand behind "must be" where it is not kept. */
const WEB_ADDRESS = [/^https?:\/\//, 'an address that begins with https:// or http://'] as const;

const batch = z.strictObject({
  size: count(1, 1000).default(10).meta({
    description: 'Generation requests gathered into one batch',
    flag: '--batch-size <n>',
    env: 'BLOGGER_BATCH_SIZE',
  }),
  intervalMs: milliseconds(60_000).default(500).meta({
    description: 'A batch leaves after this many milliseconds even if it is not full',
    flag: '--batch-interval <ms>',
    env: 'BLOGGER_BATCH_INTERVAL',
  }),
  pollMs: count(50, HOUR_MS).default(15_000).meta({
    description: "Milliseconds between two looks at a vendor's batch",
    flag: '--batch-poll <ms>',
    env: 'BLOGGER_BATCH_POLL',
  }),
  pack: count(1, 20).default(1).meta({
    description:
      'Posts asked for in one live request; more saves 9 to 14 % and lets one refusal take its neighbours along',
    flag: '--batch-pack <n>',
    env: 'BLOGGER_BATCH_PACK',
  }),
});

const jobs = z.strictObject({
  workers: count(1, 64)
    .default(4)
    .meta({ description: 'Batches in flight at once', flag: '-w, --workers <n>', env: 'BLOGGER_WORKERS' }),
  queueSize: count(1, 1_000_000)
    .default(100)
    .meta({ description: 'Waiting jobs before crawling pauses', flag: '--queue-size <n>', env: 'BLOGGER_QUEUE_SIZE' }),
  attempts: count(1, 20)
    .default(3)
    .meta({ description: 'Tries for a job before it ends FAILED', flag: '--attempts <n>', env: 'BLOGGER_ATTEMPTS' }),
  leaseMs: count(1000, HOUR_MS).default(30_000).meta({
    description: 'A worker that says nothing for this long loses its job to another',
    flag: '--lease <ms>',
    env: 'BLOGGER_LEASE',
  }),
  keep: count(0, 10_000_000)
    .default(10_000)
    .meta({ description: 'Finished jobs kept for the record', flag: '--keep-jobs <n>', env: 'BLOGGER_KEEP_JOBS' }),
});

const crawl = z.strictObject({
  maxConcurrent: count(1, 512).default(10).meta({
    description: 'Pages in flight at once, all hosts',
    flag: '--crawl-concurrency <n>',
    env: 'BLOGGER_CRAWL_CONCURRENCY',
  }),
  perHost: count(1, 64)
    .default(2)
    .meta({ description: 'Pages in flight at once, one host', flag: '--per-host <n>', env: 'BLOGGER_PER_HOST' }),
  delayMs: milliseconds(HOUR_MS).default(0).meta({
    description: 'Least gap between two requests to one host',
    flag: '--crawl-delay <ms>',
    env: 'BLOGGER_CRAWL_DELAY',
  }),
  maxDelayMs: milliseconds(HOUR_MS).default(30_000).meta({
    description: 'Longest robots.txt Crawl-delay or Retry-After that is obeyed in full; longer ones are cut to this',
    flag: '--max-crawl-delay <ms>',
    env: 'BLOGGER_MAX_CRAWL_DELAY',
  }),
  queueSize: count(1, 100_000).default(100).meta({
    description: 'Pages held in memory ahead of the writers',
    flag: '--crawl-queue-size <n>',
    env: 'BLOGGER_CRAWL_QUEUE_SIZE',
  }),
  timeoutMs: count(100, HOUR_MS).default(30_000).meta({
    description: 'Time for one page, connection to last byte',
    flag: '--timeout <ms>',
    env: 'BLOGGER_TIMEOUT',
  }),
  attempts: count(1, 20)
    .default(3)
    .meta({ description: 'Tries for one page', flag: '--crawl-attempts <n>', env: 'BLOGGER_CRAWL_ATTEMPTS' }),
  maxBytes: count(1024, 1_073_741_824)
    .default(10_485_760)
    .meta({ description: 'Largest page, unzipped', flag: '--max-bytes <n>', env: 'BLOGGER_MAX_BYTES' }),
  maxRedirects: count(0, 20).default(5).meta({
    description: 'Redirects followed for one page',
    flag: '--max-redirects <n>',
    env: 'BLOGGER_MAX_REDIRECTS',
  }),
});

const cache = z.strictObject({
  ttl: count(0, 31_536_000).default(86_400).meta({
    description: 'Longest time in seconds that a page is used without asking its host again',
    flag: '--cache-ttl <s>',
    env: 'BLOGGER_CACHE_TTL',
  }),
  maxBytes: count(1_048_576, 1_099_511_627_776).default(536_870_912).meta({
    description: 'Largest size of the cache file',
    flag: '--cache-max-bytes <n>',
    env: 'BLOGGER_CACHE_MAX_BYTES',
  }),
  memoryBytes: count(65_536, 17_179_869_184).default(1_048_576).meta({
    description: 'Largest size of the cache in memory',
    flag: '--cache-memory <n>',
    env: 'BLOGGER_CACHE_MEMORY',
  }),
  prefix: z
    .string()
    .regex(/^[\w:.-]*$/, 'letters, digits and : . _ -')
    .default('blogger:')
    .meta({
      description: 'Prefix of every key in a shared Redis',
      flag: '--cache-prefix <text>',
      env: 'BLOGGER_CACHE_PREFIX',
    }),
  timeoutMs: count(10, 60_000).default(250).meta({
    description: 'Longest wait for one answer of the shared cache',
    flag: '--cache-timeout <ms>',
    env: 'BLOGGER_CACHE_TIMEOUT',
  }),
});

const limits = z.strictObject({
  requestsPerMinute: count(1, 10_000_000).optional().meta({
    description: 'Requests a minute at the provider; absent: learnt from its headers',
    flag: '--rpm <n>',
    env: 'BLOGGER_RPM',
  }),
  tokensPerMinute: count(1, 1_000_000_000).optional().meta({
    description: 'Tokens a minute at the provider; absent: learnt from its headers',
    flag: '--tpm <n>',
    env: 'BLOGGER_TPM',
  }),
});

const price = z.strictObject({
  input: z.number().min(0).optional().meta({
    description: 'US dollars for a million input tokens; overrides the price list',
    flag: '--price-input <usd>',
    env: 'BLOGGER_PRICE_INPUT',
  }),
  cachedInput: z.number().min(0).optional().meta({
    description: 'US dollars for a million input tokens read from the prompt cache',
    flag: '--price-cached-input <usd>',
    env: 'BLOGGER_PRICE_CACHED_INPUT',
  }),
  output: z.number().min(0).optional().meta({
    description: 'US dollars for a million output tokens; overrides the price list',
    flag: '--price-output <usd>',
    env: 'BLOGGER_PRICE_OUTPUT',
  }),
});

const check = z.strictObject({
  maxCopied: z.number().min(0).max(1).default(0.25).meta({
    description: "Largest share of a post's word 8-grams that may stand in its source",
    flag: '--max-copied <share>',
    env: 'BLOGGER_MAX_COPIED',
  }),
  minScore: count(0, 100).default(0).meta({
    description: 'Posts that score less are saved as drafts',
    flag: '--min-score <n>',
    env: 'BLOGGER_MIN_SCORE',
  }),
});

const metrics = z.strictObject({
  textfile: z.string().min(1).optional().meta({
    description: 'Prometheus text file written at the end of a run',
    flag: '--metrics-file <file>',
    env: 'BLOGGER_METRICS_FILE',
  }),
  otlpEndpoint: z
    .string()
    .regex(...WEB_ADDRESS)
    .optional()
    .meta({
      description: 'OpenTelemetry collector (OTLP over HTTP) that gets spans and metrics',
      flag: '--otlp-endpoint <url>',
      env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    }),
});

export const settingsSchema = z.strictObject({
  $schema: z.string().optional().meta({ description: 'JSON Schema of this file, for editors' }),
  urls: z
    .string()
    .min(1)
    .default('urls.txt')
    .meta({ description: 'The list that is read when none is named', env: 'BLOGGER_URLS' }),
  redisUrl: z.string().min(1).optional().meta({
    description:
      'Redis for the shared cache and the job queue, or `postgres://` for the cache alone; absent: the file store',
    env: 'REDIS_URL',
    secret: true,
  }),
  batch: batch.prefault({}),
  jobs: jobs.prefault({}),
  crawl: crawl.prefault({}),
  cache: cache.prefault({}),
  limits: limits.prefault({}),
  price: price.prefault({}),
  check: check.prefault({}),
  metrics: metrics.prefault({}),
  queue: z.enum(['local', 'redis']).default('local').meta({
    description: 'Who does the work: this process, or `blogger worker` machines through Redis',
    flag: '--queue <where>',
    env: 'BLOGGER_QUEUE',
  }),
  maxCost: z
    .number()
    .min(0)
    .optional()
    .meta({ description: 'US dollars that a run may spend', flag: '--max-cost <usd>', env: 'BLOGGER_MAX_COST' }),
  tier: z.enum(['standard', 'flex', 'batch', 'auto']).default('standard').meta({
    description: 'Price against time; `auto` takes the cheapest that meets the deadline',
    flag: '--tier <tier>',
    env: 'BLOGGER_TIER',
  }),
  deadline: z.string().min(1).optional().meta({
    description: 'When the posts are needed: `2h`, `tomorrow 07:00` or an ISO time',
    flag: '--deadline <when>',
    env: 'BLOGGER_DEADLINE',
  }),
  state: z
    .string()
    .min(1)
    .default('.blogger')
    .meta({ description: 'Folder of cache, jobs, ledger and runs', flag: '--state <folder>', env: 'BLOGGER_STATE' }),
  allowPrivate: z.boolean().default(false).meta({
    description: 'Private and loopback addresses, and any port, may be crawled',
    flag: '--allow-private',
    env: 'BLOGGER_ALLOW_PRIVATE',
  }),
  provider: z.enum(['auto', 'openai', 'gemini', 'extractive']).default('auto').meta({
    description: 'Who writes; `auto`: by the key that is set, else the built-in writer',
    flag: '-p, --provider <name>',
    env: 'BLOGGER_PROVIDER',
  }),
  model: z.string().min(1).optional().meta({
    description: "Model name; absent: the provider's default here",
    flag: '-m, --model <name>',
    env: 'BLOGGER_MODEL',
  }),
  baseUrl: z
    .string()
    .regex(...WEB_ADDRESS)
    .optional()
    .meta({
      description: 'Address of an OpenAI-compatible server, with its /v1',
      flag: '--base-url <url>',
      env: 'OPENAI_BASE_URL',
    }),
  geminiBaseUrl: z
    .string()
    .regex(...WEB_ADDRESS)
    .optional()
    .meta({
      description: 'Address of a Gemini-compatible server, without /v1beta',
      flag: '--gemini-base-url <url>',
      env: 'GOOGLE_GEMINI_BASE_URL',
    }),
  reasoning: z.enum(['none', 'minimal', 'low', 'medium', 'high']).optional().meta({
    description: 'Reasoning effort of models that have it; it is billed as output',
    flag: '--reasoning <effort>',
    env: 'BLOGGER_REASONING',
  }),
  lang: z
    .string()
    .regex(/^(auto|[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/, 'auto or a tag such as en, ko or pt-BR')
    .default('auto')
    .meta({
      description: "Language of the posts (BCP 47); `auto`: the source's",
      flag: '-l, --lang <tag>',
      env: 'BLOGGER_LANG',
    }),
  length: count(200, 100_000)
    .default(3000)
    .meta({ description: 'Wished length of a post in characters', flag: '--length <n>', env: 'BLOGGER_LENGTH' }),
  tone: z
    .string()
    .min(1)
    .max(200)
    .default('clear and factual')
    .meta({ description: 'Tone of the posts', flag: '--tone <text>', env: 'BLOGGER_TONE' }),
  audience: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Who the posts are for', flag: '--audience <text>', env: 'BLOGGER_AUDIENCE' }),
  keywords: z.array(z.string().min(1)).default([]).meta({
    description: 'Keywords of entries that carry none',
    flag: '-k, --keywords <list>',
    env: 'BLOGGER_KEYWORDS',
    separator: ',',
  }),
  categories: z.array(z.string().min(1)).default([]).meta({
    description: 'Categories of the blog that posts go into whose entries name none',
    flag: '--categories <list>',
    env: 'BLOGGER_CATEGORIES',
    separator: ',',
  }),
  template: z.string().min(1).default('article').meta({
    description: 'article, news, how-to, listicle, review, or the path of a template file',
    flag: '-t, --template <name>',
    env: 'BLOGGER_TEMPLATE',
  }),
  styleFile: z.string().min(1).optional().meta({
    description: 'House style: a text file whose rules every post follows',
    flag: '--style-file <file>',
    env: 'BLOGGER_STYLE_FILE',
  }),
  minSourceChars: count(0, 100_000).default(400).meta({
    description: 'A source with less text than this gives no post (THIN_SOURCE)',
    flag: '--min-source <n>',
    env: 'BLOGGER_MIN_SOURCE',
  }),
  duplicates: z.enum(['merge', 'skip', 'keep']).default('merge').meta({
    description: 'Near-copies of a text: one post naming all, only the first, or a post each',
    flag: '--duplicates <how>',
    env: 'BLOGGER_DUPLICATES',
  }),
  out: z
    .string()
    .min(1)
    .default('posts')
    .meta({ description: 'Folder of the posts', flag: '-o, --out <folder>', env: 'BLOGGER_OUT' }),
  format: z
    .enum(['md', 'html', 'json'])
    .default('md')
    .meta({ description: 'Form of the posts', flag: '-f, --format <form>', env: 'BLOGGER_FORMAT' }),
  frontMatter: z.enum(['generic', 'hugo', 'jekyll', 'astro', 'eleventy', 'none']).default('generic').meta({
    description: 'Front matter and file layout of the posts',
    flag: '--front-matter <preset>',
    env: 'BLOGGER_FRONT_MATTER',
  }),
  slug: z
    .enum(['unicode', 'ascii'])
    .default('unicode')
    .meta({ description: 'File names keep their script or are romanised', flag: '--slug <form>', env: 'BLOGGER_SLUG' }),
  site: z.string().min(1).optional().meta({
    description: 'Folder of existing posts: links go to them and repeats of them are noticed',
    flag: '--site <folder>',
    env: 'BLOGGER_SITE',
  }),
  siteUrl: z
    .string()
    .regex(...WEB_ADDRESS)
    .optional()
    .meta({
      description: 'Public address of the blog, for canonical links and the feed',
      flag: '--site-url <url>',
      env: 'BLOGGER_SITE_URL',
    }),
  internalLinks: z.enum(['related', 'inline', 'off']).default('related').meta({
    description: 'Links to related posts that exist: a list below each post, or words within it',
    flag: '--internal-links <how>',
    env: 'BLOGGER_INTERNAL_LINKS',
  }),
  reviewPages: z.boolean().default(true).meta({
    description: 'With format html: a page beside each post, in review/, that shows it next to its sources',
    flag: '--no-review-pages',
    env: 'BLOGGER_REVIEW_PAGES',
  }),
  onUngrounded: z.enum(['fail', 'draft', 'warn']).default('draft').meta({
    description: 'What becomes of a post whose figures are not in its sources',
    flag: '--on-ungrounded <what>',
    env: 'BLOGGER_ON_UNGROUNDED',
  }),
  robots: z
    .boolean()
    .default(true)
    .meta({ description: 'robots.txt is obeyed', flag: '--no-robots', env: 'BLOGGER_ROBOTS' }),
  aiPolicy: z.enum(['respect', 'warn', 'ignore']).default('respect').meta({
    description: 'What site owners say about AI use of their text',
    flag: '--ai-policy <how>',
    env: 'BLOGGER_AI_POLICY',
  }),
  userAgent: z.string().min(1).max(200).default('blogger').meta({
    description: 'Product token in the User-Agent and in robots.txt',
    flag: '--user-agent <token>',
    env: 'BLOGGER_USER_AGENT',
  }),
  contactUrl: z
    .string()
    .regex(/^(https?:\/\/|mailto:)/, 'an address that begins with https://, http:// or mailto:')
    .optional()
    .meta({
      description: 'Where site owners reach you; goes into the User-Agent',
      flag: '--contact-url <url>',
      env: 'BLOGGER_CONTACT_URL',
    }),
  screenReader: z.boolean().default(false).meta({
    description: 'Progress as lines that can be read aloud, also on a terminal: no drawing, no bar',
    flag: '--screen-reader',
    env: 'INK_SCREEN_READER',
  }),
  logLevel: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('warn')
    .meta({ description: 'What the program says of itself', flag: '--log-level <level>', env: 'BLOGGER_LOG_LEVEL' }),
  logFile: z.string().min(1).optional().meta({
    description: 'File for the log instead of standard error',
    flag: '--log-file <file>',
    env: 'BLOGGER_LOG_FILE',
  }),
  failOn: z
    .string()
    .regex(/^(any|all|\d{1,3}%)$/, 'any, all or a share such as 10%')
    .default('any')
    .meta({
      description: 'Failures that make the exit code 3: `any`, `all` or a share such as `10%`',
      flag: '--fail-on <share>',
      env: 'BLOGGER_FAIL_ON',
    }),
});

export type Settings = z.output<typeof settingsSchema>;
export type SettingsInput = z.input<typeof settingsSchema>;

/** Keys that come from the environment only. `GOOGLE_API_KEY` wins over `GEMINI_API_KEY`, as in Google's SDK. */
export interface Secrets {
  readonly openaiApiKey?: string;
  readonly geminiApiKey?: string;
}

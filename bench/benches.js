/**
 * All benchmarks, at the size that ends in 10 minutes in all on two cores, and the words of what each promises. Those whose figures are ratios of
 * speed run alone, in this order; then the others, which count, wait or weigh, two at a time, the longest first.
 * A benchmark says what came of a promise by `printPromise(id, …)` of tools/promise.js.
 */
export const BENCHES = {
  startup: {
    alone: true,
    title: 'Start-up',
    args: ['startup/run.js'],
    promises: { startup: '`--version` starts in at most 2.5 times an empty Node process, `--help` in 4 times' },
  },
  crawl: {
    alone: true,
    title: 'Crawling beside Crawlee and a sequential loop',
    args: ['crawl/run.js', '--latency', '50:2,300'],
    promises: {
      'crawl-speed': 'crawling at least 3 times faster than a sequential loop',
      'crawl-parallel': 'at 300 ms a request, 20 hosts: at least 20 times the sequential loop',
      'crawl-peer-speed': 'with full extraction at least as many pages a second as CheerioCrawler that only parses',
      'crawl-peer-memory': 'with full extraction at most a third of CheerioCrawler’s peak memory',
      'crawl-manners':
        'no limit of a host exceeded by a single request, no delay cut short, nothing forbidden or read asked for (the server’s log is the witness)',
    },
  },
  memory: {
    title: 'Memory of a crawl',
    args: ['memory/run.js'],
    promises: {
      memory: 'memory down 20 %: against Crawlee and against itself without streaming',
      'memory-frontier': '20,000 entries take at most 1.3 times the memory of 1,000',
    },
  },
  soak: {
    title: 'A long run under trouble',
    args: ['soak/run.js', '--entries', '100', '--seconds', '25'],
    promises: {
      soak: 'a run with 5 % faults, killed workers and Redis restarts ends whole and holds no more at its end',
    },
  },
  extract: {
    title: 'Articles found on labelled pages',
    args: ['extract/run.js'],
    promises: {
      'extract-quality':
        'on pages of sites that nothing was tuned on, F1 at least 0.015 above the best of Readability, Defuddle, dom-smoothie and Trafilatura, all read by blocks',
    },
  },
  limits: {
    title: 'A vendor’s limits',
    args: ['limits/run.js', '160'],
    promises: {
      quota: 'quota never exceeded: under 1 % of the requests refused, within 5 % of the time that the limits allow',
    },
  },
  savings: {
    title: 'Calls and cost saved',
    args: ['savings/run.js', '120'],
    promises: { 'api-calls': 'API calls down 50 %', 'api-cost': 'API cost down 40 %' },
  },
  repairs: {
    title: 'Caps and batches with repairs and long posts',
    args: ['savings/repairs.js', '100'],
    promises: {
      'cap-buys':
        'a cap of a tenth of the list’s price buys at least 80 % of the posts that perfect foresight would, every paid one saved (0, 30 and 100 % repaired)',
      'batch-whole':
        'batches with 50 % repairs, 20 % long posts and 30 % repeated entries: at most 36 % of the standard cost, at most 15 HTTP calls for a hundred posts',
    },
  },
  grounding: {
    title: 'Falsehoods found',
    args: ['grounding/run.js'],
    promises: { grounding: 'at least 95 % of planted falsehoods found, at most 2 % of true facts flagged' },
  },
  score: {
    alone: true,
    title: 'A thousand posts scored',
    args: ['score/run.js'],
    promises: {
      score:
        '`blogger score` on 1,000 posts in under 5 s, and sooner than they could be read and parsed as Markdown once',
    },
  },
  'answer-time': {
    title: 'Until the prompt comes back',
    args: ['answer-time/run.js', '30'],
    promises: { 'answer-time': 'answer time of a command down 80 %: `generate --detach` beside waiting for the posts' },
  },
  faults: {
    title: 'Faults survived',
    args: ['faults/run.js'],
    promises: { faults: 'faults survived: kills, a vendor’s faults, Redis faults; nothing lost, nothing paid twice' },
  },
  kills: {
    title: 'Killed at random moments',
    args: ['kills/run.js', '--kills', '28'],
    promises: {
      kills:
        'everything that takes part is killed at random moments: every post there once, answers lost only where a call was on the wire, the ledger agrees with the vendor’s bill',
    },
  },
  hostile: {
    alone: true,
    title: 'Hostile pages beside ordinary ones',
    args: ['hostile/run.js', '--count', '60', '--least', '20000', '--most', '200000'],
    promises: {
      hostile:
        'hostile pages are crawled and written in at most twice the time and 1.3 times the memory of ordinary ones of their sizes, and the main thread is never busy for a second on end',
    },
  },
  jobs: {
    alone: true,
    title: 'Jobs',
    args: ['jobs/run.js', '10000'],
    promises: {
      'jobs-redis': 'no-op jobs through Redis at 0.8 of BullMQ alone or more',
      'jobs-memory': '100,000 waiting jobs take no more memory than 1,000',
    },
  },
  workers: {
    alone: true,
    title: 'Two and four machines beside one, on Redis and on PostgreSQL',
    args: ['workers/run.js', '48'],
    promises: { workers: 'two and four machines reach 0.9 of linear where waiting dominates' },
  },
  queues: {
    alone: true,
    title: '100,000 jobs that wait, on Redis and on PostgreSQL',
    args: ['queues/run.js'],
    promises: { 'queues-many': 'with 100,000 waiting jobs at least 0.7 of the jobs a second with 1,000' },
  },
  store: {
    alone: true,
    title: 'The cache’s stores beside keyv-file and Keyv on Redis',
    args: ['store/run.js'],
    promises: {
      'store-durable': 'at least 20 times keyv-file’s durable writes a second, values of 20 kB',
      'store-open': '10,000 entries open in under 50 ms more than an empty store',
    },
  },
  cache: {
    title: 'Pages that the cache answers',
    args: ['cache/run.js'],
    promises: { 'cache-hits': 'cache hit rate up 30 points: its tiers beside memory alone in a new process' },
  },
  repeat: {
    title: 'Pages asked for again',
    args: ['repeat/run.js'],
    promises: { repeat: 'repeated crawling down 80 %: a list full of repeats, run twice' },
  },
};

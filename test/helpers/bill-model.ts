/** A model vendor of random outcomes with a bill of its own, and a process that can be killed between any two writes. */

import Database from 'libsql';
import { BloggerError } from '../../src/core/errors.ts';
import type {
  BatchJournal,
  BatchLanguageModel,
  BatchRow,
  Clock,
  LanguageModel,
  Ledger,
  ModelReply,
  ModelRequest,
  VendorBatch,
} from '../../src/core/ports.ts';
import type { Brief } from '../../src/core/types.ts';
import { openBatchJournal, requestsInBatches } from '../../src/services/ledger/batch-journal.ts';
import { closeLostCalls } from '../../src/services/ledger/calls/close-lost-calls.ts';
import { openLedger } from '../../src/services/ledger/ledger.ts';
import { readSpending } from '../../src/services/ledger/ledger-report.ts';
import { beginWork } from '../../src/services/ledger/works.ts';
import { migrate } from '../../src/services/sqlite/migrate.ts';
import { createVendorBatches } from '../../src/stages/write/batches/vendor-batches.ts';
import { chargedModel, type Prices } from '../../src/stages/write/calls/charged-model.ts';
import { createPostBudgets } from '../../src/stages/write/calls/post-budgets.ts';
import { retryingModel } from '../../src/stages/write/calls/retrying-model.ts';
import { type Gatherer, gatherLive } from '../../src/stages/write/gather-live.ts';
import { createWriter } from '../../src/stages/write/write-posts.ts';
import { makeBrief, makeReply } from './make-brief.ts';

type Chance = () => number;

class Killed extends Error {}

/** A clock whose time passes as fast as somebody waits for it. */
function quickClock(): Clock {
  let now = 1_800_000_000_000;
  return {
    now: () => now,
    monotonic: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        setImmediate(() => {
          now += ms;
          if (signal.aborted) reject(signal.reason as Error);
          else resolve();
        });
      }),
  };
}

const prices: Prices = {
  worstUsd: ({ prompt, tier }) => (prompt.maxOutputTokens / 1e5 + 0.002) * (tier === 'batch' ? 0.5 : 1),
  costUsd: ({ usage }) => (usage === undefined ? undefined : usage.output / 1e9),
};

/** What the vendor did, over all processes. */
export class VendorModel {
  billUsd = 0;
  readonly violations: string[] = [];
  readonly #chance: Chance;
  readonly #answered = new Set<string>();
  /** Calls without an answer, by the process that made them. */
  readonly #unknown = new Map<string, number>();
  life = 0;
  readonly #batches = new Map<
    string,
    { readonly batch: VendorBatch; readonly rows: readonly BatchRow[]; looks: number }
  >();

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** The answer of this request is in the ledger of a living or dead process. */
  markAnswered(id: string): void {
    this.#answered.add(id);
  }

  live(isDead: () => boolean): LanguageModel {
    return {
      provider: 'test',
      model: 'm',
      answer: async (request) => {
        if (isDead()) return new Promise(() => {});
        this.#mustBeNew(request.id);
        if (this.#unknown.get(request.id) === this.life)
          this.violations.push(`${request.id} was asked for again by the run that had no answer to it`);
        const roll = this.#chance();
        if (roll < 0.15) throw new BloggerError('slow down', { code: 'PROVIDER_RATE_LIMITED' });
        if (roll < 0.25) throw new BloggerError('no', { code: 'PROVIDER_REQUEST' });
        const reply = this.#answer(request);
        if (roll < 0.4) this.#unknown.set(request.id, this.life);
        if (roll < 0.35) throw new BloggerError('reset', { code: 'PROVIDER_UNKNOWN_OUTCOME' });
        if (roll < 0.4) {
          this.billUsd -= prices.costUsd(reply) ?? 0; // broken before it was billed, which nobody can know
          throw new BloggerError('reset', { code: 'PROVIDER_UNKNOWN_OUTCOME' });
        }
        for (let turns = this.#chance() * 4; turns > 0; turns -= 1)
          await new Promise((resolve) => setImmediate(resolve));
        return roll < 0.43 ? { ...reply, usage: undefined } : reply;
      },
    };
  }

  batch(isDead: () => boolean): BatchLanguageModel {
    const alive = <T>(work: () => Promise<T>): Promise<T> => (isDead() ? new Promise(() => {}) : work());
    const find = (id: string) => {
      const found = this.#batches.get(id);
      if (found === undefined) throw new BloggerError('no such batch', { code: 'PROVIDER_MODEL' });
      return found;
    };
    return {
      provider: 'test',
      model: 'm',
      submit: (shardId, requests) =>
        alive(async () => {
          const roll = this.#chance();
          if (roll < 0.1) throw new BloggerError('slow down', { code: 'PROVIDER_RATE_LIMITED' });
          if (roll < 0.2) throw new BloggerError('reset', { code: 'PROVIDER_UNKNOWN_OUTCOME' });
          const made = this.#make(shardId, requests);
          if (roll < 0.35) throw new BloggerError('reset', { code: 'PROVIDER_UNKNOWN_OUTCOME' });
          return { ...made, status: 'running' };
        }),
      poll: (id) =>
        alive(async () => {
          const found = find(id);
          found.looks += 1;
          return found.looks < 2 ? { ...found.batch, status: 'running' } : found.batch;
        }),
      collect: (id) => this.#rowsOf(() => alive(async () => find(id))),
      cancel: (id) => alive(async () => find(id).batch),
      list: () => this.#listed(alive),
    };
  }

  async *#listed(alive: <T>(work: () => Promise<T>) => Promise<T>): AsyncGenerator<VendorBatch, void, undefined> {
    yield* await alive(async () => [...this.#batches.values()].map(({ batch }) => batch));
  }

  /** Some rows come late: the counts know of them. */
  async *#rowsOf(
    find: () => Promise<{ rows: readonly BatchRow[]; looks: number }>,
  ): AsyncGenerator<BatchRow, void, undefined> {
    const { rows, looks } = await find();
    yield* looks < 4 && this.#chance() < 0.3 ? rows.slice(1) : rows;
  }

  #make(shardId: string, requests: readonly ModelRequest[]): VendorBatch {
    const status = this.#chance() < 0.15 ? 'expired' : 'completed';
    const rows = requests.flatMap((request): BatchRow[] => {
      this.#mustBeNew(request.id);
      const roll = this.#chance();
      if (roll < 0.1 && status === 'expired') return [];
      if (roll < 0.2)
        return [{ id: request.id, kind: 'error', code: 'PROVIDER_REQUEST', message: 'x', retryable: roll < 0.15 }];
      return [{ id: request.id, kind: 'answer', reply: { ...this.#answer(request), tier: 'batch' } }];
    });
    const done = rows.filter(({ kind }) => kind === 'answer').length;
    const id = `batch-${this.#batches.size}`;
    const batch: VendorBatch = {
      id,
      shardId,
      status,
      createdAt: 0,
      counts: { total: requests.length, done, failed: requests.length - done },
    };
    this.#batches.set(id, { batch, rows, looks: 0 });
    return batch;
  }

  #answer(request: ModelRequest): ModelReply {
    const costUsd = (prices.worstUsd(request) ?? 0) * this.#chance();
    const output = Math.floor(costUsd * 1e9);
    const roll = this.#chance();
    const reply = makeReply({
      usage: { input: 0, cachedInput: 0, output },
      ...(roll < 0.1 ? { text: 'no JSON' } : roll < 0.2 ? { finishReason: 'length' as const } : {}),
    });
    this.billUsd += output / 1e9;
    return reply;
  }

  #mustBeNew(id: string): void {
    if (this.#answered.has(id)) this.violations.push(`${id} was asked for after its answer was stored`);
  }
}

export interface BillCase {
  readonly posts: number;
  readonly capUsd: number;
  readonly useBatches: boolean;
  /** Writes before each process is killed; undefined: it ends by itself. */
  readonly kills: readonly (number | undefined)[];
  readonly chance: Chance;
}

export interface BillOutcome {
  readonly vendor: VendorModel;
  /** Spent and reserved, by the ledger. */
  readonly workUsd: number;
  /** What `blogger stats` tells, and what is reserved for batches that go on. */
  readonly statsUsd: number;
  /** Of answers with a known cost. */
  readonly knownUsd: number;
  readonly peakUsd: number;
}

/** Runs the same list in one process after the other, each killed after so many writes. */
export async function runBillCase({ posts, capUsd, useBatches, kills, chance }: BillCase): Promise<BillOutcome> {
  const db = emptyDatabase();
  const vendor = new VendorModel(chance);
  const clock = quickClock();
  let peakUsd = 0;
  for (const [index, kill] of kills.entries()) {
    closeLostCalls(db, new Set(requestsInBatches(db)));
    const runId = `run-${index}-of-this-case`;
    const { id: workId } = beginWork(db, { runId, list: 'l', isRetry: false, capUsd, now: clock.now() });
    const onChange = ({ workUsd }: ReturnType<Ledger['spent']>) => {
      peakUsd = Math.max(peakUsd, workUsd);
    };
    vendor.life = index;
    const life = createLife(kill);
    const open = openLedger({ db, runId, workId, capUsd, clock, onChange });
    const ledger = life.guard(open, ['reserve', 'settle', 'release', 'hold', 'dropHold'], (name, [id]) => {
      if (name === 'settle') vendor.markAnswered(String(id));
    });
    const journal = life.guard(openBatchJournal(db, { provider: 'test', model: 'm' }), [
      'intend',
      'submitted',
      'close',
    ]);
    const work = writePosts(posts, {
      ledger,
      journal,
      vendor,
      clock,
      chance,
      useBatches,
      runId,
      isDead: life.isDead,
    });
    await Promise.race([work, life.dead]);
  }
  closeLostCalls(db, new Set(requestsInBatches(db)));
  const known = db.prepare("SELECT coalesce(sum(cost_usd), 0) AS usd FROM ledger_calls WHERE state = 'settled'").get();
  const { workUsd } = openLedger({ db, runId: 'last', workId: 'run-0-of-this-case', capUsd, clock }).spent();
  const { usd: openUsd } = db
    .prepare("SELECT coalesce(sum(reserved_usd), 0) AS usd FROM ledger_calls WHERE state = 'reserved'")
    .get() as { usd: number };
  const statsUsd = readSpending(db).reduce((sum, { costUsd }) => sum + costUsd, openUsd);
  return { vendor, workUsd, statsUsd, knownUsd: Number((known as { usd: number }).usd), peakUsd };
}

let shared: Database.Database | undefined;

/** One database for all cases of a process: creating its tables takes longer than a case. */
function emptyDatabase(): Database.Database {
  if (shared === undefined) {
    shared = new Database(':memory:');
    migrate(shared, ':memory:');
  }
  const tables = shared
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'site%'")
    .all() as { name: string }[];
  for (const { name } of tables) shared.exec(`DELETE FROM ${name}`);
  return shared;
}

/** A process that dies at its nth write: before it or right after it, and then nothing of it moves any more. */
function createLife(writes: number | undefined) {
  let left = writes ?? Number.POSITIVE_INFINITY;
  let die: (reason: undefined) => void = () => {};
  const dead = new Promise<undefined>((resolve) => {
    die = resolve;
  });
  const step = () => {
    left -= 0.5;
    if (left > 0) return;
    die(undefined);
    throw new Killed();
  };
  return {
    dead,
    isDead: () => left <= 0,
    guard<T extends object>(
      target: T,
      names: readonly (keyof T & string)[],
      after: (name: string, args: readonly unknown[]) => void = () => {},
    ): T {
      return new Proxy(target, {
        get(_target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function' || !names.includes(name as keyof T & string)) return value;
          return (...args: unknown[]) => {
            step();
            const result: unknown = Reflect.apply(value, target, args);
            after(String(name), args);
            step();
            return result;
          };
        },
      });
    },
  };
}

interface Parts {
  readonly ledger: Ledger;
  readonly journal: BatchJournal;
  readonly vendor: VendorModel;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly useBatches: boolean;
  readonly runId: string;
  readonly isDead: () => boolean;
}

const never = new AbortController().signal;

async function writePosts(count: number, parts: Parts): Promise<void> {
  const { ledger, vendor, clock, chance, isDead } = parts;
  const random = { next: chance, uuid: () => 'x' };
  const emit = () => {};
  const model = retryingModel(chargedModel(vendor.live(isDead), { ledger, prices, clock, emit }), {
    attempts: 3,
    clock,
    random,
    emit,
  });
  let look = () => {};
  const budgets = createPostBudgets({ ledger, stopping: never, onBlocked: () => look() });
  const gatherer = parts.useBatches ? inBatches(parts, model, () => budgets.blocked) : undefined;
  if (gatherer !== undefined) look = gatherer.look;
  const batch = { size: 2, intervalMs: 1, concurrency: 3 };
  const writer = createWriter({
    model,
    gatherer: gatherer ?? (gatherLive({ model, batch, clock, emit }) satisfies Gatherer),
    budgets,
    prices,
    ledger,
    prompt: { templateText: '', reasoningTokens: 0, estimateTokens: () => 1 },
    tier: parts.useBatches ? 'batch' : 'standard',
    digest: false,
  });
  const write = async (brief: Brief) => {
    try {
      const draft = await writer.write(brief, never);
      if (chance() < 0.5 && draft.provenance.repairs === 0) await writer.repair(draft, ['a fault'], never);
    } catch (error) {
      if (!BloggerError.is(error) && !(error instanceof Killed)) throw error;
    } finally {
      if (!isDead()) writer.end(brief);
    }
  };
  const work = Array.from({ length: count }, (_, index) => write(makeBrief({ key: `post${index}` })));
  writer.flush();
  await Promise.all(work);
}

function inBatches(
  { ledger, journal, vendor, clock, runId, isDead }: Parts,
  live: LanguageModel,
  blocked: () => number,
) {
  return createVendorBatches({
    model: vendor.batch(isDead),
    journal,
    ledger,
    prices,
    clock,
    emit() {},
    runId,
    size: 4,
    pollMs: 1000,
    wait: true,
    live,
    makesBatches: true,
    blocked,
    stopping: never,
    leaving: never,
    giveUp: never,
  });
}

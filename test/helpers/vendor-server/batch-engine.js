/**
 * What both vendors' batches have in common: rows that are worked off by a fast clock, plans for what goes wrong, and an
 * account of what was billed. A batch moves when it is looked at.
 *
 * Plan (for the next batch created): { end: 'completed'|'expired'|'failed'|'cancelled', rows?: how many get done before it ends,
 *   failRows?: indexes that end as errors, code?, message?, failCreate?: 'reset-after'|'rate-limit', emptyIds?: true, hold?: true }
 */
export function createBatchEngine({ options, log, random, vendor, execute }) {
  const batches = new Map();
  const plans = [];
  let nextId = 1;

  function create(fields, rows) {
    const plan = plans.shift() ?? {};
    const id = `${{ openai: 'batch_', anthropic: 'msgbatch_' }[vendor] ?? 'batches/b'}${nextId.toString().padStart(4, '0')}`;
    nextId += 1;
    const batch = {
      id,
      createdAt: Date.now(),
      state: 'validating',
      rows,
      results: [],
      done: 0,
      failed: 0,
      plan,
      ...fields,
    };
    batches.set(id, batch);
    if (plan.code === 'token_limit_exceeded' || overEnqueued(batch)) {
      batch.state = 'failed';
      batch.error = {
        code: 'token_limit_exceeded',
        message:
          plan.message ??
          `Enqueued token limit reached for ${batch.model} in organization org-test. Limit: 2,000,000 enqueued tokens. Please try again once some in_progress batches have been completed.`,
      };
    }
    return batch;
  }

  function overEnqueued(batch) {
    const limit = options.batch?.enqueuedTokenLimit;
    if (limit === undefined) return false;
    const open = [...batches.values()].filter(({ state }) => ['validating', 'in_progress'].includes(state));
    return open.reduce((sum, { tokens }) => sum + tokens, 0) > limit || batch.tokens > limit;
  }

  /** Brings the batch to where it is by now. */
  function look(batch) {
    if (!['validating', 'in_progress', 'cancelling'].includes(batch.state)) return batch;
    if (batch.state === 'cancelling') {
      batch.state = 'cancelled';
      return batch;
    }
    if (batch.plan.end === 'failed' && batch.plan.hold !== true) {
      work(batch, batch.plan.rows ?? 0);
      batch.state = 'failed';
      batch.error = {
        code: batch.plan.code ?? 'invalid_json_line',
        message: batch.plan.message ?? 'The batch input file is invalid.',
      };
      return batch;
    }
    batch.state = 'in_progress';
    const durationMs = options.batch?.durationMs ?? 0;
    const share =
      batch.plan.hold || options.batch?.hold
        ? 0
        : durationMs === 0
          ? 1
          : Math.min(1, (Date.now() - batch.createdAt) / durationMs);
    const reach = Math.min(batch.plan.rows ?? batch.rows.length, Math.floor(share * batch.rows.length));
    work(batch, reach);
    if (share >= 1) batch.state = batch.plan.end ?? 'completed';
    return batch;
  }

  function work(batch, reach) {
    while (batch.done + batch.failed < reach) {
      const index = batch.done + batch.failed;
      const row = batch.rows[index];
      const fails = batch.plan.failRows === 'all' || batch.plan.failRows?.includes(index);
      const result = execute(row, fails, batch);
      batch.results.push(result);
      if (result.ok) batch.done += 1;
      else batch.failed += 1;
    }
  }

  return {
    create,
    look,
    get: (id) => batches.get(id),
    cancel(batch) {
      look(batch);
      if (batch.state === 'in_progress') batch.state = 'cancelling';
      return batch;
    },
    /** Order is never kept, as with the vendors. */
    shuffled(items) {
      return items
        .map((item) => ({ item, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
    },
    newestFirst: () => [...batches.values()].reverse(),
    control: {
      list: () =>
        [...batches.values()].map(({ id, state, shard, rows, done, failed }) => ({
          vendor,
          id,
          state,
          shard,
          total: rows.length,
          done,
          failed,
        })),
      script: (plan) => plans.push(plan),
      forget: () => batches.clear(),
      finish({ id, end = 'completed', rows } = {}) {
        for (const batch of batches.values()) {
          if (id !== undefined && batch.id !== id) continue;
          if (!['validating', 'in_progress'].includes(batch.state)) continue;
          batch.plan = { ...batch.plan, hold: false };
          work(batch, rows ?? batch.rows.length);
          batch.state = end;
        }
      },
    },
    log,
  };
}

/** Texts of the live view and its row layout. Pure. */

import stringWidth from 'string-width';
import { PACED_STAGES, type PacedStage, rateOf, timeLeft } from '../core/figures/pace.ts';
import type { ActiveItem, ActiveStage, ViewState } from './view-state.ts';

/** Progress of each stage, with recent rates. */
export function stageWords(view: ViewState, now: number): string[] {
  const { stats, pace } = view;
  const counts = {
    crawl: stats.crawled,
    read: stats.articles,
    plan: stats.briefs + stats.unchanged,
    write: stats.written,
  } as const satisfies Record<PacedStage, number>;
  const stages = view.goal === 'articles' ? (['crawl', 'read'] as const) : PACED_STAGES;
  const words = stages.map((stage) => {
    const rate = rateOf(pace, stage, now);
    return `${stage} ${counts[stage]}${rate === undefined ? '' : ` ${rateText(rate)}`}`;
  });
  if (stats.fromCache > 0) words.push(`cached ${stats.fromCache}`);
  if (stats.unchanged > 0) words.push(`unchanged ${stats.unchanged}`);
  if (stats.skips.length > 0) words.push(`skipped ${stats.skips.length}`);
  if (stats.failures.length > 0) words.push(`failed ${stats.failures.length}`);
  return words;
}

/** Provider, tokens and cost. */
export function moneyWords({ goal, stats, writer, asksModel, capUsd }: ViewState): string[] {
  if (goal === 'articles') return [];
  if (!asksModel) return [writer];
  const { calls, reusedAnswers, tokens, costKnown, spentUsd, reservedUsd } = stats;
  const words = [`spent ${costKnown ? '' : 'at least '}${usd(spentUsd)}`];
  if (reservedUsd > 0) words.push(`reserved ${usd(reservedUsd)}`);
  if (capUsd !== undefined) words.push(`cap ${usd(capUsd)}`);
  words.push(
    `${calls} ${calls === 1 ? 'request' : 'requests'}`,
    `tokens ${short(tokens.input)} in, ${short(tokens.output)} out`,
  );
  if (tokens.cachedInput > 0) words.push(`${short(tokens.cachedInput)} cached`);
  if (reusedAnswers > 0) words.push(`${reusedAnswers} answers known`);
  return [...words, writer];
}

/** Estimated remaining time, or why it is unknown. */
export function stateWords(view: ViewState, now: number): string {
  if (view.stopping !== undefined) return view.stopping;
  if (view.paused) return 'paused';
  const left = timeLeft(view.stats, view.pace, now, view.goal);
  if (left === undefined) return 'starting';
  const writing = view.asksModel ? 'waiting for the model' : 'writing';
  const slowest = left.stage === 'crawl' ? 'waiting for pages' : writing;
  return `${clockTime(left.seconds)} left, ${slowest}`;
}

/** Wraps words to lines of at most `width`; longer words are cut when rendered. */
export function packWords(words: readonly string[], width: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 3 + stringWidth(word) <= width)
      lines[lines.length - 1] = `${last} · ${word}`;
    else if (lines.length < most) lines.push(word);
  }
  return lines;
}

const ORDER: readonly ActiveStage[] = ['save', 'check', 'write', 'crawl', 'wait'];

/** Sorts by stage, furthest first, then by start time. */
export function inOrder(active: ViewState['active']): ActiveItem[] {
  return [...active.values()].sort((a, b) => ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage) || a.since - b.since);
}

export interface WantedRows {
  readonly notice: number;
  readonly stages: number;
  readonly money: number;
  readonly keys: number;
  readonly failures: number;
  readonly work: number;
}

/** Distributes the rows: the bar first, then by importance; the list of work gets the rest. */
export function shareRows(total: number, wanted: WantedRows): WantedRows & { readonly bar: number } {
  let left = Math.max(0, total);
  const take = (rows: number) => {
    const got = Math.min(rows, left);
    left -= got;
    return got;
  };
  const [bar, notice, stages, money, keys] = [1, wanted.notice, wanted.stages, wanted.money, wanted.keys].map(take) as [
    number,
    number,
    number,
    number,
    number,
  ]; // `map` keeps the length
  const firstWork = take(Math.min(1, wanted.work));
  const failures = take(wanted.failures);
  return { bar, notice, stages, money, keys, failures, work: firstWork + take(wanted.work - firstWork) };
}

export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 100) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${String(whole % 60).padStart(2, '0')}`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

function rateText(perSecond: number): string {
  if (perSecond >= 1) return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`;
  return perSecond * 60 >= 1 ? `${(perSecond * 60).toFixed(0)}/min` : `${(perSecond * 3600).toFixed(0)}/h`;
}

function short(count: number): string {
  if (count < 10_000) return `${count}`;
  return count < 1_000_000 ? `${(count / 1000).toFixed(0)}k` : `${(count / 1_000_000).toFixed(1)}M`;
}

function usd(value: number): string {
  return value === 0 ? '$0' : `$${value.toFixed(value < 0.1 ? 4 : 2)}`;
}

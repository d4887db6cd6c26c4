import type { Command } from 'commander';
import { buildCacheReport } from '../../../api/report.ts';
import type { Settings } from '../../../config/schema.ts';
import { BloggerError } from '../../../core/errors.ts';
import type { CacheFigures } from '../../../figures/cache-figures.ts';
import { systemClock } from '../../../util/clock.ts';
import { formatCount, plural } from '../../../util/text/plural.ts';
import { jsonText } from '../../../util/text/terminal-text.ts';
import { openProject } from '../../../wiring/open-project.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { formatBytes, formatDuration } from '../../reporters/describe.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command.argument('[action]', 'stats, prune or clear', 'stats'), [
    'cache.maxBytes',
    'cache.prefix',
    'state',
  ])
    .option('--json', 'print as JSON')
    .addHelpText(
      'before',
      'Examples:\n  blogger cache            tiers, entries, sizes, ages, hits over all runs\n  blogger cache prune      remove expired entries and free disk space\n  blogger cache clear      remove everything, also in a shared store; posts and paid answers stay\n\n',
    )
    .action(async (action: string, flags: { json?: boolean }) => {
      const { settings } = await settingsOf(command, io);
      if (!['stats', 'prune', 'clear'].includes(action)) {
        throw new BloggerError(`Expected stats, prune or clear, got "${action}"`, {
          code: 'USAGE',
          hint: 'See `blogger cache --help`.',
        });
      }
      await using project = openProject(settings, io.cwd);
      const { cache, away } = await project.openSharedCache();
      if (away !== undefined)
        io.stderr.write(
          `The shared store does not respond (${away instanceof Error ? away.message : String(away)}): this machine only.\n`,
        );
      if (action === 'prune') io.stderr.write(`${plural(await cache.prune(), 'entry', 'entries')} removed.\n`);
      if (action === 'clear') {
        await cache.clear();
        io.stderr.write('All pages were removed from the cache.\n');
      }
      if (action !== 'stats') project.vacuum();
      const kept = (await buildCacheReport(project, cache)).filter(
        ({ tier }) => action === 'stats' || tier !== 'memory',
      );
      io.stdout.write(
        flags.json === true
          ? `${jsonText(kept, 2)}\n`
          : kept.map((tier) => renderTier(tier, settings, systemClock.now())).join(''),
      );
      exit(EXIT.ok);
    });
}

function renderTier(tier: CacheFigures, settings: Settings, now: number): string {
  const {
    hits,
    staleHits,
    misses,
    hitRate,
    writes,
    evictions,
    errors,
    entries,
    bytes,
    oldestAt,
    newestAt,
    p50Ms,
    p95Ms,
    state,
    blockedMs = 0,
    waiting = 0,
  } = tier;
  const age = (at: number) => formatDuration(Math.max(0, now - at));
  const bound = tier.tier === 'file' ? ` of ${formatBytes(settings.cache.maxBytes)}` : '';
  const held = [
    `${plural(entries, 'entry')}, ${formatBytes(bytes)}${bound}`,
    ...(oldestAt === undefined || newestAt === undefined ? [] : [`written ${age(newestAt)} to ${age(oldestAt)} ago`]),
    ...(waiting === 0 ? [] : [`${formatCount(waiting)} wait to be pushed`]),
  ];
  const read = [
    `${plural(hits, 'hit')}, ${formatCount(staleHits)} expired, ${plural(misses, 'miss')} (${(hitRate * 100).toFixed(1)} %)`,
    `${plural(writes, 'write')}`,
    `${formatCount(evictions)} evicted`,
    plural(errors, 'error'),
    `a read p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms`,
    ...(blockedMs === 0 ? [] : [`${formatDuration(blockedMs)} lost to timeouts`]),
    ...(state === undefined || state === 'closed' ? [] : ['was unavailable when the last run ended']),
  ];
  // Memory is empty between runs.
  return `${tier.tier === 'memory' ? '' : `${tier.tier.padEnd(8)} ${held.join(' · ')}\n`}${(tier.tier === 'memory' ? 'memory' : '').padEnd(8)} ${read.join(' · ')}\n`;
}

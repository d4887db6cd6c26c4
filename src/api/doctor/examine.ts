/** Checks everything that a run needs; each finding has a fix. */

import { statfs } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { BloggerError } from '../../core/errors.ts';
import { isFreeProvider } from '../../core/providers.ts';
import { chooseProvider } from '../../services/models/choose-provider.ts';
import { holderOf } from '../../services/runs/folder-lock.ts';
import { openRunStore } from '../../services/runs/run-store.ts';
import { openExistingState, stateError } from '../../services/sqlite/open-state-file.ts';
import { exposedFiles } from '../../util/files/git-ignore.ts';
import { isInTheWay, nodeErrorCode, systemReason } from '../../util/files/node-errors.ts';
import { assertWritableFolder, nearestFolder } from '../../util/files/writable-folder.ts';
import { examineBrowser, examineProxy } from './examine-network.ts';
import { examineKey, examineRedis } from './examine-services.ts';
import { examineTargets } from './examine-targets.ts';
import type { ExamineOptions, Finding } from './finding.ts';

const MIN_FREE_BYTES = 200_000_000;

export async function examine(options: ExamineOptions): Promise<Finding[]> {
  const checks = [
    examineNode,
    examineTerminal,
    examineOut,
    examineGit,
    examineDisk,
    examineState,
    examineLock,
    examineClock,
    examineProvider,
    examineProxy,
    examineBrowser,
    examineKey,
    examineRedis,
    examineTargets,
  ];
  const findings: Finding[] = [];
  for (const check of checks) findings.push(...[await attempt(check, options)].flat());
  return findings;
}

/** A broken state file is a finding of `examineState`; checks that read it are skipped. */
async function attempt(
  check: (options: ExamineOptions) => Finding | Finding[] | Promise<Finding | Finding[]>,
  options: ExamineOptions,
): Promise<Finding | Finding[]> {
  try {
    return await check(options);
  } catch (error) {
    if (isStateError(error)) return [];
    throw error;
  }
}

function isStateError(error: unknown): boolean {
  if (BloggerError.is(error))
    return ['STATE_BROKEN', 'STATE_NEWER', 'OUTPUT_UNWRITABLE', 'DISK_FULL'].includes(error.code);
  return /^SQLITE_/.test(nodeErrorCode(error) ?? '');
}

function examineNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 18);
  return ok
    ? { subject: 'Node', level: 'ok', message: process.versions.node }
    : {
        subject: 'Node',
        level: 'error',
        message: `expected 20.18.1 or newer, found ${process.versions.node}`,
        fix: 'Install a newer Node.',
      };
}

/** Hangul and symbols need UTF-8. Fonts cannot be checked from here. */
function examineTerminal({ env }: ExamineOptions): Finding {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale)
    ? {
        subject: 'Terminal',
        level: 'ok',
        message: `${locale}; 한글, ✓ and █ should be legible here; otherwise install a font with them, such as Noto Sans CJK`,
      }
    : {
        subject: 'Terminal',
        level: 'warning',
        message: `the locale is ${locale === '' ? 'not set' : locale}, so letters beyond ASCII may not be shown`,
        fix: 'Set LANG to one that ends with UTF-8, such as C.UTF-8.',
      };
}

async function examineOut({ settings, cwd }: ExamineOptions): Promise<Finding> {
  const folder = resolve(cwd, settings.out);
  try {
    await assertWritableFolder(folder);
    return { subject: 'Output folder', level: 'ok', message: `${folder} can be written` };
  } catch (error) {
    const code = nodeErrorCode(error) ?? 'unknown reason';
    return {
      subject: 'Output folder',
      level: 'error',
      message: `${folder} cannot be written (${systemReason(code)})`,
      fix: isInTheWay(code)
        ? 'Move the file that is in the way, or name another folder with --out.'
        : 'Give it write permission or name another one with --out.',
    };
  }
}

/** State and keys that `git add .` would commit. */
async function examineGit({ settings, cwd }: ExamineOptions): Promise<Finding[]> {
  const state = relative(cwd, resolve(cwd, settings.state)).replaceAll('\\', '/');
  const isWithin = state !== '' && !state.startsWith('..') && !state.includes('/');
  const exposed = await exposedFiles(cwd, [...(isWithin ? [`${state}/`] : []), '.env']);
  if (exposed.length === 0) return [];
  return [
    {
      subject: 'Git',
      level: 'warning',
      message: `${exposed.join(' and ')} would be committed: .gitignore does not exclude ${exposed.length === 1 ? 'it' : 'them'}`,
      fix: `Add to .gitignore: ${exposed.join(', ')}`,
    },
  ];
}

async function examineDisk({ settings, cwd }: ExamineOptions): Promise<Finding> {
  const disk = await statfs(nearestFolder(resolve(cwd, settings.state)));
  const free = disk.bavail * disk.bsize;
  const message = `${Math.round(free / 1_000_000).toLocaleString('en-US')} MB free`;
  return free >= MIN_FREE_BYTES
    ? { subject: 'Disk', level: 'ok', message }
    : { subject: 'Disk', level: 'warning', message, fix: 'Free some space: the cache alone may take cache.maxBytes.' };
}

async function examineState({ settings, cwd }: ExamineOptions): Promise<Finding> {
  const folder = resolve(cwd, settings.state);
  try {
    await assertWritableFolder(folder);
    using state = openExistingState(folder);
    if (state === undefined)
      return { subject: 'State file', level: 'ok', message: `none yet; the first run creates it in ${folder}` };
    const { quick_check: verdict } = state.db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (verdict === 'ok') return { subject: 'State file', level: 'ok', message: `${state.path} is sound` };
    return {
      subject: 'State file',
      level: 'error',
      message: verdict,
      fix: 'Move the state folder away; posts are not in it.',
    };
  } catch (error) {
    const known = BloggerError.is(error) ? error : stateError(error, join(folder, 'state.db'));
    const isBroken = known.code === 'STATE_BROKEN' || known.hint === undefined;
    return {
      subject: 'State file',
      level: 'error',
      message: known.message,
      fix: isBroken
        ? 'Move the state folder away, then run again. This deletes cached pages, answers and the ledger, but no posts.'
        : known.hint,
    };
  }
}

function examineLock({ settings, cwd }: ExamineOptions): Finding[] {
  using state = openExistingState(resolve(cwd, settings.state));
  if (state === undefined) return [];
  const holder = holderOf(state.db);
  if (holder === undefined) return [{ subject: 'Lock', level: 'ok', message: 'no run holds this project' }];
  return [
    {
      subject: 'Lock',
      level: 'warning',
      message: holder,
      fix: 'Wait until it ends; if it was killed, the next run takes over.',
    },
  ];
}

/** Deadlines, leases and cache times depend on the clock; recorded times must not be in the future. */
function examineClock({ settings, cwd, now }: ExamineOptions): Finding[] {
  using state = openExistingState(resolve(cwd, settings.state));
  if (state === undefined) return [{ subject: 'Clock', level: 'ok', message: new Date(now).toISOString() }];
  const newest = openRunStore(state.db).list({ limit: 1 })[0]?.startedAt ?? 0;
  if (newest <= now) return [{ subject: 'Clock', level: 'ok', message: new Date(now).toISOString() }];
  const message = `it is ${new Date(now).toISOString()} here, but the last run began at ${new Date(newest).toISOString()}`;
  return [
    {
      subject: 'Clock',
      level: 'warning',
      message,
      fix: 'Set the clock, for example with NTP: cached pages and leases have times in the future.',
    },
  ];
}

function examineProvider({ settings, secrets }: ExamineOptions): Finding {
  try {
    const { provider, model, baseUrl } = chooseProvider(settings, secrets);
    if (isFreeProvider(provider))
      return { subject: 'Provider', level: 'ok', message: 'the built-in writer (digests), because no key is set' };
    return {
      subject: 'Provider',
      level: 'ok',
      message: `${provider} ${model}${baseUrl === undefined ? '' : ` at ${new URL(baseUrl).host}`}`,
    };
  } catch (error) {
    const known = BloggerError.is(error) ? error : undefined;
    return {
      subject: 'Provider',
      level: 'error',
      message: known?.message ?? String(error),
      ...(known?.hint === undefined ? {} : { fix: known.hint }),
    };
  }
}

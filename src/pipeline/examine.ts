/** Looks at everything that a run needs, each finding with its mend. */

import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Secrets, Settings } from '../config/schema.ts';
import { BloggerError } from '../core/errors.ts';
import { chooseProvider } from '../services/models/choose-provider.ts';
import { openStateFile } from '../services/sqlite/open-state-file.ts';

export interface Finding {
  readonly subject: string;
  readonly level: 'ok' | 'warning' | 'error';
  readonly message: string;
  readonly mend?: string;
}

export interface ExamineOptions {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly cwd: string;
}

const LEAST_FREE_BYTES = 200_000_000;

export async function examine(options: ExamineOptions): Promise<Finding[]> {
  const checks = [examineNode, examineOut, examineDisk, examineState, examineProvider];
  const findings: Finding[] = [];
  for (const check of checks) findings.push(await check(options));
  return findings;
}

function examineNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 18);
  return ok
    ? { subject: 'Node', level: 'ok', message: process.versions.node }
    : { subject: 'Node', level: 'error', message: `expected 20.18.1 or newer, found ${process.versions.node}`, mend: 'Install a newer Node.' };
}

async function examineOut({ settings, cwd }: ExamineOptions): Promise<Finding> {
  const folder = resolve(cwd, settings.out);
  try {
    await mkdir(dirname(folder), { recursive: true });
    await access(await nearest(folder), constants.W_OK);
    return { subject: 'Output folder', level: 'ok', message: `${folder} can be written` };
  } catch (error) {
    return {
      subject: 'Output folder',
      level: 'error',
      message: `${folder} cannot be written (${String((error as NodeJS.ErrnoException).code)})`,
      mend: 'Give it write permission or name another one with --out.',
    };
  }
}

/** The folder itself, or where it would be made. */
async function nearest(folder: string): Promise<string> {
  try {
    await access(folder);
    return folder;
  } catch {
    return dirname(folder); // it is made when it is needed
  }
}

async function examineDisk({ settings, cwd }: ExamineOptions): Promise<Finding> {
  const disk = await statfs(dirname(resolve(cwd, settings.state)));
  const free = disk.bavail * disk.bsize;
  const message = `${Math.round(free / 1_000_000).toLocaleString('en-US')} MB free`;
  return free >= LEAST_FREE_BYTES
    ? { subject: 'Disk', level: 'ok', message }
    : { subject: 'Disk', level: 'warning', message, mend: 'Free some space: the cache alone may take cache.maxBytes.' };
}

function examineState({ settings, cwd }: ExamineOptions): Finding {
  const folder = resolve(cwd, settings.state);
  try {
    using state = openStateFile(folder, { checkpoint: false });
    const { quick_check: verdict } = state.db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (verdict === 'ok') return { subject: 'State file', level: 'ok', message: `${state.path} is sound` };
    return { subject: 'State file', level: 'error', message: verdict, mend: 'Move the state folder away; posts are not in it.' };
  } catch (error) {
    const known = BloggerError.is(error) ? error : undefined;
    return { subject: 'State file', level: 'error', message: known?.message ?? String(error), ...(known?.hint === undefined ? {} : { mend: known.hint }) };
  }
}

function examineProvider({ settings, secrets }: ExamineOptions): Finding {
  try {
    const { provider, model, baseUrl } = chooseProvider(settings, secrets);
    if (provider === 'extractive') return { subject: 'Provider', level: 'ok', message: 'the built-in writer (digests), because no key is set' };
    return { subject: 'Provider', level: 'ok', message: `${provider} ${model}${baseUrl === undefined ? '' : ` at ${new URL(baseUrl).host}`}` };
  } catch (error) {
    const known = BloggerError.is(error) ? error : undefined;
    return { subject: 'Provider', level: 'error', message: known?.message ?? String(error), ...(known?.hint === undefined ? {} : { mend: known.hint }) };
  }
}

/** Paid answers of a run whose state folder took no more: a file in the system's temporary folder, which the next run of the project takes over. */

import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emit, Ledger, ModelReply } from '../../../core/ports.ts';
import { hashText } from '../../../util/stable-hash.ts';

export interface RescuedAnswer {
  readonly id: string;
  readonly reply: ModelReply;
  readonly costUsd?: number | undefined;
}

const pathOf = (stateFile: string) => join(tmpdir(), `blogger-answers-${hashText(stateFile).slice(0, 24)}.json`);

/** Returns the path of the file; throws where there is no room for it either. */
function rescueAnswers(stateFile: string, answers: readonly RescuedAnswer[]): string {
  const path = pathOf(stateFile);
  rmSync(path, { force: true });
  writeFileSync(path, JSON.stringify(answers), { mode: 0o600, flag: 'wx' });
  return path;
}

/** Gives the answers of an earlier run to `take`, then removes their file. A file of another user is left alone. */
export function takeRescued(stateFile: string, take: (answer: RescuedAnswer) => void): void {
  const path = pathOf(stateFile);
  let text: string;
  try {
    const { uid } = lstatSync(path);
    if (process.getuid !== undefined && uid !== process.getuid()) return;
    text = readFileSync(path, 'utf8');
  } catch {
    return; // the usual case: no file
  }
  for (const answer of JSON.parse(text) as readonly RescuedAnswer[]) take(answer); // written above only
  rmSync(path, { force: true });
}

/** Paid answers that the disk still does not take go to another place, and the run says where. */
export function keepHeld(ledger: Pick<Ledger, 'held'>, stateFile: string, emit: Emit): void {
  const answers = ledger.held();
  if (answers.length === 0) return;
  const what = `${answers.length} paid ${answers.length === 1 ? 'answer' : 'answers'} could not be written to ${stateFile}`;
  try {
    const path = rescueAnswers(stateFile, answers);
    emit({ type: 'run:warning', code: 'DISK_FULL', message: `${what}; the next run takes them from ${path}` });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    emit({ type: 'run:warning', code: 'DISK_FULL', message: `${what} and are lost: ${reason}` });
  }
}

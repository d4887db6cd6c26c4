import type { RunEvent } from '../../core/events.ts';
import { emptyPace, type Pace, reducePace } from '../../core/figures/pace.ts';
import { emptyStats, type RunStats, reduceStats } from '../../core/figures/stats.ts';
import type { Goal } from '../../core/goal.ts';
import type { Io } from '../process/io.ts';

/** Data of a run for its reporter. */
export interface RunFigures {
  readonly goal: Goal;
  readonly stats: RunStats;
  readonly pace: Pace;
  /** Folder of the posts. */
  readonly out: string;
  /** File of the last draft, from that folder. */
  readonly draft: string | undefined;
  /** The command line, without the program's name. */
  readonly argv: readonly string[];
  /** Working folder of the command. */
  readonly cwd: string;
  /** File that the list from standard input was saved to, if any. */
  readonly keptList: string | undefined;
}

export function emptyFigures({ argv, cwd, background }: Pick<Io, 'argv' | 'cwd' | 'background'>): RunFigures {
  return {
    goal: 'posts',
    stats: emptyStats(),
    pace: emptyPace(),
    out: '',
    draft: undefined,
    argv,
    cwd,
    keptList: background?.list,
  };
}

export function reduceFigures({ goal, stats, pace, out, draft, ...typed }: RunFigures, event: RunEvent): RunFigures {
  return {
    ...typed,
    goal: event.type === 'run:start' ? event.goal : goal,
    stats: reduceStats(stats, event),
    pace: reducePace(pace, event),
    out: event.type === 'run:start' ? event.out : out,
    draft: event.type === 'post:saved' && event.draft ? event.file : draft,
  };
}

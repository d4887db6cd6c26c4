/** Panels of the live view: running work, failures, and those opened by keys. Each takes at most `room` rows. */

import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import stringWidth from 'string-width';
import type { Failure } from '../core/types.ts';
import { terminalLine } from '../util/text/terminal-text.ts';
import { clockTime } from './describe-view.ts';
import { useSay } from './use-say.ts';
import type { ActiveItem, ActiveStage } from './view-state.ts';

const COLORS = {
  crawl: 'blue',
  wait: 'gray',
  write: 'magenta',
  check: 'cyan',
  save: 'green',
} as const satisfies Record<ActiveStage, string>;

/** Columns for the name of a stage, in both languages. */
const STAGE_WIDTH = 5;

export function WorkLines({
  items,
  now,
  room,
}: {
  readonly items: readonly ActiveItem[];
  readonly now: number;
  readonly room: number;
}): ReactElement {
  const say = useSay();
  const fits = items.length <= room;
  const shown = items.slice(0, fits ? room : Math.max(0, room - 1));
  return (
    <>
      {shown.map((item) => (
        <WorkLine key={item.key} item={item} now={now} />
      ))}
      {!fits && room > 0 && (
        <Text dimColor wrap="truncate">
          {say(`… and ${items.length - shown.length} more`)}
        </Text>
      )}
    </>
  );
}

function WorkLine({
  item,
  now,
  mark = '',
}: {
  readonly item: ActiveItem;
  readonly now: number;
  readonly mark?: string;
}): ReactElement {
  const stage = useSay()(item.stage);
  return (
    <Text wrap="truncate" bold={mark === '› '}>
      {mark}
      <Text color={COLORS[item.stage]}>{stage + ' '.repeat(Math.max(0, STAGE_WIDTH - stringWidth(stage)))}</Text>{' '}
      <Text dimColor>{clockTime((now - item.since) / 1000).padStart(5)}</Text> {item.label}
    </Text>
  );
}

/** The last failures, one row each: reason first, because the address may be cut off. */
export function LastFailures({
  failures,
  room,
}: {
  readonly failures: readonly Failure[];
  readonly room: number;
}): ReactElement {
  const say = useSay();
  const last = room === 0 ? [] : failures.slice(-room);
  return (
    <>
      {last.map(({ url, code, message }) => (
        <Text key={`${url} ${code}`} color="red" wrap="truncate-middle">
          ✗ {code} {say(terminalLine(message))} {message.includes(url) ? '' : terminalLine(url)}
        </Text>
      ))}
    </>
  );
}

/** Full failures, newest first, scrolled by the arrow keys. */
export function FailuresPanel({
  failures,
  from,
  room,
}: {
  readonly failures: readonly Failure[];
  readonly from: number;
  readonly room: number;
}): ReactElement {
  const say = useSay();
  if (failures.length === 0) return <Rest room={room} text="Nothing has failed." />;
  const shown = [...failures].reverse().slice(from, from + Math.max(1, room));
  return (
    <Box flexDirection="column" height={room} overflow="hidden">
      {shown.map(({ url, code, message, position }, index) => (
        <Box key={`${url} ${code}`} flexDirection="column" flexShrink={0}>
          <Text color="red" wrap="truncate">
            ✗ {from + index + 1}/{failures.length} {code}
            {position === undefined ? '' : ` ${terminalLine(position.file)}:${position.line}`}
          </Text>
          <Text wrap="wrap">{terminalLine(url)}</Text>
          <Text wrap="wrap">{say(terminalLine(message))}</Text>
        </Box>
      ))}
    </Box>
  );
}

/** Posts in progress; the selected one is always visible. */
export function CancelPanel({
  jobs,
  chosen,
  now,
  room,
}: {
  readonly jobs: readonly ActiveItem[];
  readonly chosen: number;
  readonly now: number;
  readonly room: number;
}): ReactElement {
  if (jobs.length === 0) return <Rest room={room} text="No post is in work." />;
  const first = Math.max(0, Math.min(chosen - Math.floor(room / 2), jobs.length - room));
  return (
    <>
      {jobs.slice(first, first + room).map((job, index) => (
        <WorkLine key={job.key} item={job} now={now} mark={first + index === chosen ? '› ' : '  '} />
      ))}
    </>
  );
}

const HELP = [
  'p  pause: what is in flight ends, nothing new begins; p again goes on',
  'c  cancel: choose a post in work and end it',
  'r  retry failed: they are tried again when the list is through',
  'f  failures in full',
  'q  stop kindly: finish what is in flight, save, print the summary',
  '   Ctrl-C the same; twice: stop now. The same command goes on later.',
] as const;

export function Help({ room }: { readonly room: number }): ReactElement {
  const say = useSay();
  return (
    <>
      {HELP.slice(0, room).map((line) => (
        <Text key={line} wrap="truncate">
          {say(line)}
        </Text>
      ))}
    </>
  );
}

function Rest({ room, text }: { readonly room: number; readonly text: string }): ReactElement | null {
  const say = useSay();
  return room > 0 ? <Text dimColor>{say(text)}</Text> : null;
}

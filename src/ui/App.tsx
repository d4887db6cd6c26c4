import { Box, Static, Text, useInput } from 'ink';
import { type ReactElement, useState } from 'react';
import { terminalLine } from '../util/terminal-text.ts';
import { type ActiveItem, doneEntries, secondsLeft, type ViewState } from './view-state.ts';

export interface ViewActions {
  pause(): void;
  resume(): void;
  stop(): void;
  /** What Ctrl-C does. */
  interrupt(): void;
}

export interface AppProps {
  readonly view: ViewState;
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
  /** Keys are read only where there is a keyboard. */
  readonly keyboard: boolean;
  readonly actions: ViewActions;
}

type Panel = 'none' | 'failures' | 'help';

/** The whole live view; finished posts scroll away above it. */
export function App({ view, now, columns, rows, keyboard, actions }: AppProps): ReactElement {
  const [panel, setPanel] = useState<Panel>('none');
  useInput(
    (input, key) => {
      // In raw mode the terminal does not turn Ctrl-C into a signal.
      if (key.ctrl && input === 'c') actions.interrupt();
      if (key.ctrl) return;
      if (input === 'p') (view.paused ? actions.resume : actions.pause)();
      if (input === 'q') actions.stop();
      if (input === 'f') setPanel(panel === 'failures' ? 'none' : 'failures');
      if (input === '?') setPanel(panel === 'help' ? 'none' : 'help');
    },
    { isActive: keyboard },
  );
  // Head, bar, money and keys take seven rows; what is left belongs to the work and the failures.
  const room = Math.max(1, rows - 9);
  const width = Math.max(20, columns - 1);
  return (
    <>
      <Static items={[...view.saved]}>
        {(post) => (
          <Text key={post.key} wrap="truncate">
            <Text color="green">✓</Text> {post.title}{' '}
            <Text dimColor>
              {post.file}
              {post.draft ? ' (draft)' : ''}
            </Text>
          </Text>
        )}
      </Static>
      {!view.ended && (
        <Box flexDirection="column" width={width}>
          <Head view={view} now={now} width={width} />
          {panel === 'help' ? (
            <Help />
          ) : (
            <Work view={view} now={now} room={panel === 'failures' ? Math.ceil(room / 3) : room - Math.min(3, view.stats.failures.length)} />
          )}
          {panel !== 'help' && <Failures view={view} room={panel === 'failures' ? Math.floor((room * 2) / 3) : 3} full={panel === 'failures'} />}
          <Money view={view} />
          {keyboard && (
            <Text dimColor wrap="truncate">
              p {view.paused ? 'go on' : 'pause'} · f failures · q stop kindly · ? help
            </Text>
          )}
        </Box>
      )}
    </>
  );
}

function Head({ view, now, width }: { readonly view: ViewState; readonly now: number; readonly width: number }): ReactElement {
  const { stats } = view;
  const done = doneEntries(stats);
  const share = stats.entries === 0 ? 0 : Math.min(1, done / stats.entries);
  const left = secondsLeft(view, now);
  const bar = Math.max(5, Math.min(40, width - 40));
  const state = view.stopping ?? (view.paused ? 'paused' : left === undefined ? 'starting' : `${clockTime(left)} left`);
  return (
    <>
      <Text wrap="truncate">
        <Text color="cyan">{'█'.repeat(Math.round(bar * share))}</Text>
        <Text dimColor>{'░'.repeat(bar - Math.round(bar * share))}</Text> {done}/{stats.entries} · {state}
      </Text>
      <Text wrap="truncate">
        crawled {stats.crawled} ({stats.fromCache} cached) → read {stats.articles} → planned {stats.briefs + stats.unchanged} → written {stats.written}
        {stats.unchanged > 0 ? ` · unchanged ${stats.unchanged}` : ''}
        {stats.skips.length > 0 ? ` · skipped ${stats.skips.length}` : ''}
        {stats.failures.length > 0 ? ` · failed ${stats.failures.length}` : ''}
      </Text>
    </>
  );
}

function Work({ view, now, room }: { readonly view: ViewState; readonly now: number; readonly room: number }): ReactElement {
  const items = [...view.active.values()].sort((a, b) => a.since - b.since);
  const shown = items.slice(0, Math.max(0, room - 1));
  return (
    <>
      {shown.map((item) => (
        <WorkLine key={item.key} item={item} now={now} />
      ))}
      {items.length > shown.length && (
        <Text dimColor wrap="truncate">
          {' '}
          … and {items.length - shown.length} more
        </Text>
      )}
    </>
  );
}

function WorkLine({ item, now }: { readonly item: ActiveItem; readonly now: number }): ReactElement {
  return (
    <Text wrap="truncate">
      <Text color={item.stage === 'crawl' ? 'blue' : 'magenta'}>{item.stage.padEnd(5)}</Text>{' '}
      <Text dimColor>{clockTime((now - item.since) / 1000).padStart(5)}</Text> {item.label}
    </Text>
  );
}

function Failures({ view, room, full }: { readonly view: ViewState; readonly room: number; readonly full: boolean }): ReactElement {
  const last = view.stats.failures.slice(-Math.max(1, room));
  return (
    <>
      {last.map((failure) => (
        <Text key={`${failure.url} ${failure.code}`} color="red" wrap="truncate">
          ✗ {failure.code} {terminalLine(failure.url)}
          {full ? ` ${terminalLine(failure.message)}` : ''}
        </Text>
      ))}
      {view.warning !== undefined && (
        <Text color="yellow" wrap="truncate">
          ! {view.warning}
        </Text>
      )}
    </>
  );
}

function Money({ view: { stats, writer, capUsd } }: { readonly view: ViewState }): ReactElement {
  const spent = stats.costKnown ? usd(stats.spentUsd) : `at least ${usd(stats.spentUsd)}`;
  const parts = [writer, `${stats.calls} requests`, `${stats.tokens.input + stats.tokens.output} tokens`, `spent ${spent}`];
  if (stats.reservedUsd > 0) parts.push(`reserved ${usd(stats.reservedUsd)}`);
  if (capUsd !== undefined) parts.push(`cap ${usd(capUsd)}`);
  return <Text wrap="truncate">{parts.join(' · ')}</Text>;
}

function Help(): ReactElement {
  return (
    <Box flexDirection="column">
      <Text wrap="truncate">p pause: what is in flight ends, nothing new begins; p again goes on</Text>
      <Text wrap="truncate">f failures with their reasons</Text>
      <Text wrap="truncate">q stop kindly: finish what is in flight, save, print the summary</Text>
      <Text wrap="truncate">Ctrl-C the same; twice: stop now. Run the same command again to go on.</Text>
    </Box>
  );
}

function usd(value: number): string {
  return value === 0 ? '$0' : `$${value.toFixed(value < 0.1 ? 4 : 2)}`;
}

function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

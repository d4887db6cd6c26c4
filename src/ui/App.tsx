import { Box, Static, Text, useInput } from 'ink';
import { type ReactElement, useRef, useState } from 'react';
import { doneEntries } from '../core/figures/pace.ts';
import { inOrder, moneyWords, packWords, shareRows, stageWords, stateWords } from './describe-view.ts';
import {
  cancellable,
  type Key,
  type KeyState,
  keysIn,
  NO_KEY,
  type Panel,
  placeIn,
  pressKey,
  type ViewActions,
} from './keys.ts';
import { CancelPanel, FailuresPanel, Help, LastFailures, WorkLines } from './panels.tsx';
import { useSay } from './use-say.ts';
import type { ScrolledLine, ViewState } from './view-state.ts';

export interface AppProps {
  readonly view: ViewState;
  /** All lines printed above the view, from the beginning. */
  readonly scrolled: readonly ScrolledLine[];
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
  /** Whether keys can be read (stdin is a terminal). */
  readonly keyboard: boolean;
  readonly actions: ViewActions;
}

const SHOWN_FAILURES = 3;
const NAMED_KEYS = [
  { flag: 'return', name: 'enter' },
  { flag: 'escape', name: 'escape' },
  { flag: 'upArrow', name: 'up' },
  { flag: 'downArrow', name: 'down' },
] as const;

/** The live view; finished posts are printed above it. */
export function App({ view, scrolled, now, columns, rows, keyboard, actions }: AppProps): ReactElement {
  const state = useKeys(view, actions, keyboard);
  const say = useSay();
  const { panel, notice } = state;
  const at = placeIn(view, state);
  const items = inOrder(view.active);
  const { failures } = view.stats;
  const width = Math.max(10, columns - 1);
  const stages = packWords(stageWords(view, now).map(say), width, 4);
  const money = packWords(moneyWords(view).map(say), width, 3);
  // Ink clears the whole window when a frame fills it.
  const share = shareRows(rows - 1, {
    notice: notice === '' ? 0 : 1,
    stages: stages.length,
    money: money.length,
    keys: keyboard ? 1 : 0,
    failures: panel === 'work' ? Math.min(SHOWN_FAILURES, failures.length) : 0,
    work: panel === 'work' ? items.length : rows,
  });
  return (
    <>
      <Static items={[...scrolled]}>{(line, index) => <Scrolled key={index} line={line} />}</Static>
      {!view.ended && (
        <Box flexDirection="column" width={width}>
          <Bar view={view} now={now} width={width} />
          <Lines lines={stages.slice(0, share.stages)} />
          {panel === 'work' && <WorkLines items={items} now={now} room={share.work} />}
          {panel === 'work' && <LastFailures failures={failures} room={share.failures} />}
          {panel === 'failures' && <FailuresPanel failures={failures} from={at} room={share.work} />}
          {panel === 'cancel' && <CancelPanel jobs={cancellable(view)} chosen={at} now={now} room={share.work} />}
          {panel === 'help' && <Help room={share.work} />}
          <Lines lines={money.slice(0, share.money)} />
          {share.notice > 0 && (
            <Text color="yellow" wrap="truncate">
              {say(notice)}
            </Text>
          )}
          {share.keys > 0 && (
            <Text dimColor wrap="truncate">
              {say(keyLine(panel, view.paused))}
            </Text>
          )}
        </Box>
      )}
    </>
  );
}

/** Handles keys. Reads the newest state through a ref, because a key may arrive between a frame and React's next render. */
function useKeys(view: ViewState, actions: ViewActions, isActive: boolean): KeyState {
  const [state, setState] = useState(NO_KEY);
  const newest = useRef({ state, view });
  newest.current.view = view;
  const press = useRef((key: Key) => {
    const { current } = newest;
    current.state = pressKey(current.state, key, current.view, actions);
    setState(current.state);
  });
  const isPasting = useRef(false);
  useInput(
    (text, key) => {
      const named = NAMED_KEYS.find(({ flag }) => key[flag])?.name;
      const input = keysIn({ text, named, ctrl: key.ctrl, alt: key.meta && !key.escape }, isPasting.current);
      isPasting.current = input.isPasting;
      for (const pressed of input.keys) press.current(pressed);
    },
    { isActive },
  );
  return state;
}

function keyLine(panel: Panel, paused: boolean): string {
  if (panel === 'cancel') return '↑↓ choose · Enter cancel it · Esc back';
  if (panel === 'failures') return '↑↓ move · r retry failed · f back';
  if (panel === 'help') return '? back';
  return `p ${paused ? 'go on' : 'pause'} · c cancel · r retry failed · f failures · q stop · ? help`;
}

/** A title stays as it is; a warning is a message. */
function Scrolled({ line: { mark, text, detail } }: { readonly line: ScrolledLine }): ReactElement {
  const say = useSay();
  return (
    <Text wrap="truncate">
      <Text color={mark === '✓' ? 'green' : 'yellow'}>{mark}</Text> {mark === '✓' ? text : say(text)}{' '}
      <Text dimColor>{say(detail)}</Text>
    </Text>
  );
}

function Bar({
  view,
  now,
  width,
}: {
  readonly view: ViewState;
  readonly now: number;
  readonly width: number;
}): ReactElement {
  const say = useSay();
  const done = doneEntries(view.stats, view.goal);
  const share = view.stats.entries === 0 ? 0 : Math.min(1, done / view.stats.entries);
  const length = Math.max(4, Math.min(40, width - 44));
  const full = Math.round(length * share);
  return (
    <Text wrap="truncate">
      <Text color="cyan">{'█'.repeat(full)}</Text>
      <Text dimColor>{'░'.repeat(length - full)}</Text> {done}/{view.stats.entries} · {say(stateWords(view, now))}
    </Text>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }): ReactElement {
  return (
    <>
      {lines.map((line) => (
        <Text key={line} wrap="truncate">
          {line}
        </Text>
      ))}
    </>
  );
}

import type { ReadableText } from './readable-text.ts';

/** Longer paragraphs end with the next sentence. */
const PARAGRAPH_CHARS = 600;
/** A silence of this many seconds begins a paragraph. */
const PAUSE_S = 4;
const TIMING = /^\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s+-->\s+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})/;

interface Cue {
  readonly start: number;
  readonly end: number;
  readonly speaker: string | undefined;
  readonly text: string;
}

/** The words of a transcript (WebVTT or SubRip) as running text: without times, numbers, styles and the repeats of rolling captions. */
export function readCaptions(source: string): ReadableText {
  const cues = parseCues(source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
  const title = titleOf(source);
  const paragraphs: string[] = [];
  let current = '';
  let before: Cue | undefined;
  for (const cue of cues) {
    const isNewVoice = cue.speaker !== undefined && cue.speaker !== before?.speaker;
    const isPause = before !== undefined && cue.start - before.end >= PAUSE_S;
    const isLong = current.length >= PARAGRAPH_CHARS && /[.!?。？！…]["”’)]?$/.test(current);
    if (current !== '' && (isNewVoice || isPause || isLong)) {
      paragraphs.push(current);
      current = '';
    }
    const words = current === '' && isNewVoice ? `${cue.speaker}: ${cue.text}` : cue.text;
    current = current === '' ? words : `${current} ${words}`;
    before = cue;
  }
  if (current !== '') paragraphs.push(current);
  return { contentType: 'text/plain', text: [...(title === '' ? [] : [title]), ...paragraphs].join('\n\n') };
}

/** What stands behind `WEBVTT` in the first line. */
function titleOf(source: string): string {
  const [first = ''] = source
    .replace(/^\ufeff/, '')
    .slice(0, 300)
    .split(/[\r\n]/, 1);
  return /^WEBVTT\s/.test(first) ? first.slice('WEBVTT'.length).trim().replace(/^-/, '').trim() : '';
}

/** Blocks between blank lines; those without a timing are headers, notes and styles. */
function parseCues(source: string): Cue[] {
  const cues: Cue[] = [];
  let shown: readonly string[] = [];
  for (const block of source.split(/\n{2,}/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => TIMING.test(line));
    const timing = TIMING.exec(lines[at] ?? '');
    if (timing === null || at > 1) continue;
    const voice = /^<v(?:\.[^\s<>]{1,100})?\s([^<>]{1,100})>/.exec(lines[at + 1]?.trim() ?? '')?.[1]?.trim();
    const texts = lines
      .slice(at + 1)
      .map(plainLine)
      .filter((line) => line !== '');
    const fresh = texts.filter((line) => !shown.includes(line)); // rolling captions show the last line again
    shown = texts;
    if (fresh.length > 0)
      cues.push({ start: seconds(timing[1]), end: seconds(timing[2]), speaker: voice, text: fresh.join(' ') });
  }
  return cues;
}

function plainLine(line: string): string {
  return line
    .replace(/<[^<>]{0,200}>/g, '')
    .replace(/\{\\[^{}]{0,200}\}/g, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: ' ' };

function seconds(time = ''): number {
  return time
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}

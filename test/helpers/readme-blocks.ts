/** The fenced blocks of a document, and the commands in them. */

export interface ReadmeBlock {
  /** Line of the opening fence, 1-based. */
  readonly line: number;
  readonly language: string;
  /** The word behind the language: the file that a newcomer saves the block as. */
  readonly file: string;
  readonly text: string;
  /** What `<!-- walk: … -->` above the block says. */
  readonly note: string;
}

export function readBlocks(markdown: string): ReadmeBlock[] {
  const blocks: ReadmeBlock[] = [];
  const fence = /^(?:<!-- walk: (.+) -->\n)?```(\S*)(?: (\S+))?\n([\s\S]*?)^```$/gm;
  for (const { 0: whole, 1: note = '', 2: language = '', 3: file = '', 4: text = '', index } of markdown.matchAll(
    fence,
  )) {
    const line = markdown.slice(0, index + whole.indexOf('```')).split('\n').length;
    blocks.push({ line, language, file, text, note });
  }
  return blocks;
}

export interface ReadmeCommand {
  readonly line: number;
  readonly command: string;
  /** 0, or what the words `exits N` in its comment say. */
  readonly exitCode: number;
}

/** The lines of a `sh` or `crontab` block, without comments and times. */
export function commandsOf({ text, line, language }: ReadmeBlock): ReadmeCommand[] {
  return text.split('\n').flatMap((row, index) => {
    const [words = '', comment = ''] = row.split(/\s+# /);
    const command = language === 'crontab' ? words.replace(/^(\S+\s+){5}/, '') : words;
    return command === ''
      ? []
      : [{ line: line + index + 1, command, exitCode: Number(/exits (\d+)/.exec(comment)?.[1] ?? 0) }];
  });
}

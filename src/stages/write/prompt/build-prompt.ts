import type { Prompt } from '../../../core/ports.ts';
import type { Article, Brief } from '../../../core/types.ts';
import { hashText } from '../../../util/stable-hash.ts';
import { POST_SCHEMA, POST_SCHEMA_NAME } from './post-schema.ts';
import { type InstructionOptions, PROMPT_TEXTS, PROMPT_VERSION, type PromptVersion } from './prompt-texts.ts';

export interface PromptOptions extends InstructionOptions {
  /** @default the newest */
  readonly version?: PromptVersion;
  /** Output tokens reserved for reasoning, which is billed as output. */
  readonly reasoningTokens: number;
  readonly estimateTokens: (text: string) => number;
  /** Calls of the second look that a post may need. @default 0 */
  readonly looks?: number;
}

const textsOf = ({ version = PROMPT_VERSION }: Pick<PromptOptions, 'version'>) => PROMPT_TEXTS[version];

/** Maximum characters of one source in a prompt. */
const MAX_SOURCE_CHARS = 60_000;

/** Bytes of the system prompt that are the program's own English: all but template and house style, which may be the user's. */
export function ownInstructionBytes(options: Pick<PromptOptions, 'version'>): number {
  return Buffer.byteLength(textsOf(options).system({ templateText: '' }), 'utf8');
}

/** The prompt of a brief: instructions that are the same for every post first, the source last, so that vendors' prefix caches hit. */
export function buildPrompt(brief: Brief, options: PromptOptions): Prompt {
  const texts = textsOf(options);
  const system = texts.system(options);
  const user = `${texts.order(brief, languageName(brief.lang), options)}\n\n${fenceSources(brief.articles)}`;
  const schemaTokens = options.estimateTokens(JSON.stringify(POST_SCHEMA));
  return {
    system,
    user,
    schemaName: POST_SCHEMA_NAME,
    schema: POST_SCHEMA,
    maxOutputTokens: outputTokens(brief) + options.reasoningTokens,
    inputTokens: options.estimateTokens(system) + options.estimateTokens(user) + schemaTokens + 50,
  };
}

/** Asks again for a post with known problems, naming the problems and quoting the answer that had them. */
export function buildRepairPrompt(
  prompt: Prompt,
  answer: string,
  problems: readonly string[],
  { estimateTokens, ...options }: Pick<PromptOptions, 'estimateTokens' | 'version'>,
): Prompt {
  const repair = textsOf(options).repair(answer, problems);
  return { ...prompt, user: prompt.user + repair, inputTokens: prompt.inputTokens + estimateTokens(repair) };
}

/** The sources, each in a fence of its own. */
export function fenceSources(articles: readonly Article[]): string {
  return articles.map((article, index) => fence(article, index + 1)).join('\n\n');
}

/**
 * The tag name is a hash of the content, which a page cannot predict: a source cannot close its own fence.
 * The same source has the same fence in every run, so that prompts stay equal.
 */
function fence(article: Article, id: number): string {
  const text = article.markdown.length > MAX_SOURCE_CHARS ? cutAtParagraph(article.markdown) : article.markdown;
  const tag = `source-${hashText(`${article.contentHash}\n${text}`).slice(0, 16)}`;
  const facts = [
    ['Title', article.title],
    ['Address', article.finalUrl],
    ['Author', article.author],
    ['Site', article.siteName],
    ['Published', article.publishedAt],
  ] as const;
  const head = facts
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${oneLine(value ?? '')}`);
  return `<${tag} id="${id}">\n${head.join('\n')}\n\n${text}\n</${tag}>`;
}

function cutAtParagraph(text: string): string {
  const end = text.lastIndexOf('\n\n', MAX_SOURCE_CHARS);
  return text.slice(0, end > MAX_SOURCE_CHARS / 2 ? end : MAX_SOURCE_CHARS);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 500);
}

/** Name and tag of a language for the prompt. The tag comes from the page, so only its language, script and region are used, never its private-use part. */
function languageName(lang: string): string {
  const tag = plainTag(lang);
  return `${new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(tag) ?? tag} (${tag})`;
}

function plainTag(lang: string): string {
  try {
    const { language, script, region } = new Intl.Locale(lang);
    return [language, script, region].filter((part) => part !== undefined).join('-');
  } catch {
    return 'und'; // not a language tag
  }
}

const TOKENS_PER_CHAR: Readonly<Record<string, number>> = {
  ko: 0.9,
  ja: 1.1,
  zh: 1.2,
  ru: 0.5,
  ar: 0.6,
  he: 0.7,
  th: 0.9,
  hi: 0.8,
  el: 0.7,
};

/** Token limit: 1.5 times the target length, plus title, description, tags and JSON around the body. */
function outputTokens({ lang, length }: Brief): number {
  const perChar = TOKENS_PER_CHAR[lang.split('-')[0] ?? ''] ?? 0.35;
  return Math.ceil(length * 1.5 * perChar) + 600;
}

import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { BloggerError } from '../core/errors.ts';
import { listOptions } from './options.ts';
import { type Settings, settingsSchema } from './schema.ts';
import type { GivenValue } from './sources.ts';

export interface ResolvedSettings {
  readonly settings: Settings;
  /** Source of each setting's value; `default` when it is not set. */
  readonly origins: ReadonlyMap<string, string>;
}

/** Merges the sources, strongest last, validates the result once and names the source of each error. Throws `CONFIG_INVALID`. */
export function resolveSettings(...sources: readonly (readonly GivenValue[])[]): ResolvedSettings {
  const given = new Map(sources.flat().map((value) => [value.key, value]));
  const tree = {};
  for (const { key, value } of given.values()) place(tree, key.split('.'), value);
  const parsed = settingsSchema.safeParse(tree);
  if (!parsed.success) throw invalid(parsed.error.issues, given);
  const origins = new Map(listOptions().map(({ key }) => [key, given.get(key)?.origin ?? 'default']));
  return { settings: parsed.data, origins };
}

function place(tree: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    setOwn(tree, name, value);
    return;
  }
  const branch = Object.hasOwn(tree, name) ? tree[name] : undefined;
  const next = typeof branch === 'object' && branch !== null ? (branch as Record<string, unknown>) : {}; // a tree built by this function
  setOwn(tree, name, next);
  place(next, rest, value);
}

/** Makes `__proto__` an ordinary member, so that it is refused as unknown. */
function setOwn(tree: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(tree, name, { value, enumerable: true, configurable: true, writable: true });
}

function invalid(issues: readonly z.core.$ZodIssue[], given: ReadonlyMap<string, GivenValue>): BloggerError {
  const messages = new Set(issues.flatMap((issue) => describeIssue(issue, given))); // two bad elements of a list are one fault
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path.map(String), key].join('.')) : [],
  );
  return new BloggerError([...messages].join('\n'), {
    code: 'CONFIG_INVALID',
    hint: unknown.length === 0 ? 'Fix it there; `blogger config` lists all settings.' : unknownHint(unknown),
  });
}

function describeIssue(issue: z.core.$ZodIssue, given: ReadonlyMap<string, GivenValue>): string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const full = [...path, key].join('.');
      return `${full} is not a setting (from ${originOf(full, given)})`;
    });
  }
  const key = path.filter((part) => !/^\d+$/.test(part)).join('.'); // an element has the name of its list
  const found =
    given.get(key) ??
    [...given.values()].find((value) => key.startsWith(`${value.key}.`) || value.key.startsWith(`${key}.`));
  return [
    `${key} must be ${expected(issue, key)}, got ${JSON.stringify(found?.value)} (from ${found?.origin ?? 'default'})`,
  ];
}

function expected(issue: z.core.$ZodIssue, key: string): string {
  const option = listOptions().find((candidate) => candidate.key === key);
  if (option?.values !== undefined) return `one of ${option.values.join(', ')}`;
  switch (issue.code) {
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_format':
      return 'pattern' in issue ? issue.message : `a valid ${issue.format}`; // every pattern in the schema has a message
    case 'invalid_type':
      return (
        {
          int: 'a whole number',
          number: `a number${unitOf(key)}`,
          boolean: 'true or false',
          object: 'a group of settings',
          array: 'a list',
        }[issue.expected as string] ?? `a ${issue.expected}`
      );
    default:
      return issue.message;
  }
}

/** The unit suffix of a setting's name. */
function unitOf(key: string): string {
  if (key.endsWith('Ms')) return ' of milliseconds';
  return key.endsWith('Bytes') ? ' of bytes' : '';
}

function originOf(key: string, given: ReadonlyMap<string, GivenValue>): string {
  return (
    [...given.values()].find((value) => value.key === key || value.key.startsWith(`${key}.`))?.origin ?? 'the settings'
  );
}

function unknownHint(unknown: readonly string[]): string {
  if (unknown.some((key) => /key$|token|secret|password/i.test(key)))
    return 'Remove it from the file: keys and passwords, such as OPENAI_API_KEY, come from the environment or .env only.';
  const meant = unknown.flatMap((key) => {
    const nearest = nearestTo(key);
    return nearest === undefined ? [] : [{ key, nearest }];
  });
  const [first] = meant;
  if (first === undefined) return '`blogger config` lists all settings.';
  if (unknown.length === 1) return `Did you mean ${first.nearest}?`;
  return `Did you mean ${meant.map(({ key, nearest }) => `${key} → ${nearest}`).join(', ')}?`;
}

function nearestTo(key: string): string | undefined {
  const keys = listOptions().map((option) => option.key);
  const groups = keys.filter((name) => name.includes('.')).map((name) => name.slice(0, name.indexOf('.')));
  const nearest = closest(key, [...groups, ...keys]);
  return distance(key, nearest) <= Math.max(3, key.length / 2) ? nearest : undefined;
}

import type { z } from 'zod';
import { settingsSchema } from './schema.ts';

/** One setting, for file, flags, environment, help, tables and JSON Schema. */
export interface SettingOption {
  /** Dotted path in the settings file, such as `crawl.perHost`. */
  readonly key: string;
  readonly description: string;
  readonly flag: string | undefined;
  /** What the flag does, where that is not the description of the setting. */
  readonly flagDescription: string | undefined;
  readonly env: string | undefined;
  readonly secret: boolean;
  readonly separator: string | undefined;
  readonly kind: 'string' | 'number' | 'boolean' | 'enum' | 'list';
  readonly values: readonly string[] | undefined;
  /** Undefined: no default, the setting is absent. */
  readonly defaultValue: unknown;
}

/** All settings, in schema order. */
export function listOptions(schema: z.ZodType = settingsSchema, prefix = ''): SettingOption[] {
  const { inner } = unwrap(schema);
  const shape = (inner.def as unknown as { shape: Record<string, z.ZodType> }).shape; // only strict objects get here
  return Object.entries(shape).flatMap(([name, leaf]) => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    const { inner: type, defaultValue } = unwrap(leaf);
    if (type.def.type === 'object') return listOptions(leaf, key);
    const meta = leaf.meta() ?? {};
    return [
      {
        key,
        description: meta.description ?? '',
        flag: meta.flag,
        flagDescription: meta.flagDescription,
        env: meta.env,
        secret: meta.secret ?? false,
        separator: meta.separator,
        kind: kindOf(type),
        values:
          type.def.type === 'enum'
            ? Object.values((type.def as unknown as { entries: Record<string, string> }).entries)
            : undefined,
        defaultValue,
      },
    ];
  });
}

/** Name under which commander stores the flag: `--batch-size <n>` → `batchSize`, `--no-robots` → `robots`. */
export function flagAttribute(flag: string): string {
  const long = /--(?:no-)?([a-z0-9-]+)/.exec(flag)?.[1] ?? '';
  return long.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function unwrap(schema: z.ZodType): { inner: z.ZodType; defaultValue: unknown } {
  const def = schema.def as { type: string; innerType?: z.ZodType; defaultValue?: unknown };
  if (def.innerType === undefined) return { inner: schema, defaultValue: undefined };
  const below = unwrap(def.innerType);
  return { inner: below.inner, defaultValue: def.type === 'default' ? def.defaultValue : below.defaultValue };
}

function kindOf(type: z.ZodType): SettingOption['kind'] {
  const name = type.def.type;
  if (name === 'number' || name === 'boolean' || name === 'enum') return name;
  return name === 'array' ? 'list' : 'string';
}

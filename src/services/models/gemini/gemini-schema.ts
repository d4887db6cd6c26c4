import type { JsonSchema } from '../../../core/ports.ts';
import { at, isObject } from '../client/json.ts';

const KEPT = ['description', 'format', 'enum', 'required', 'minimum', 'maximum', 'pattern'] as const;
/** 64-bit numbers, which Google's JSON writes as strings. */
const COUNTS = ['minItems', 'maxItems', 'minLength', 'maxLength'] as const;

/**
 * Our JSON Schema as Gemini's `responseSchema`: upper-case types, `nullable` for unions with null, references put in place,
 * no `additionalProperties`, properties answered in the order in which they are written. It works live and in batches, where `responseJsonSchema` does not.
 */
export function toGeminiSchema(schema: JsonSchema): Record<string, unknown> {
  return convert(schema, schema, 0);
}

function convert(node: unknown, root: JsonSchema, depth: number): Record<string, unknown> {
  if (!isObject(node) || depth > 32) return { type: 'STRING' };
  const { $ref: reference } = node;
  if (typeof reference === 'string')
    return convert(at(root, ...reference.replace(/^#\/?/, '').split('/').filter(Boolean)), root, depth + 1);
  const { types, nullable } = typesOf(node['type']);
  const out: Record<string, unknown> = {};
  if (types.length === 1) out['type'] = types[0];
  for (const key of KEPT) if (node[key] !== undefined) out[key] = node[key];
  for (const key of COUNTS) if (node[key] !== undefined) out[key] = String(node[key]);
  if (node['const'] !== undefined) Object.assign(out, { type: 'STRING', enum: [String(node['const'])] });
  const variants = (
    Array.isArray(node['anyOf']) ? node['anyOf'] : Array.isArray(node['oneOf']) ? node['oneOf'] : []
  ) as readonly unknown[];
  const real = variants.filter((variant) => at(variant, 'type') !== 'null');
  if (real.length === 1) Object.assign(out, convert(real[0], root, depth + 1));
  if (real.length > 1) out['anyOf'] = real.map((variant) => convert(variant, root, depth + 1));
  if (types.length > 1) out['anyOf'] = types.map((type) => ({ type }));
  if (nullable || real.length < variants.length) out['nullable'] = true;
  if (node['items'] !== undefined) out['items'] = convert(node['items'], root, depth + 1);
  if (isObject(node['properties'])) {
    out['properties'] = Object.fromEntries(
      Object.entries(node['properties']).map(([key, child]) => [key, convert(child, root, depth + 1)]),
    );
    out['propertyOrdering'] = Object.keys(node['properties']);
  }
  return out;
}

function typesOf(type: unknown): { readonly types: readonly string[]; readonly nullable: boolean } {
  const named = (Array.isArray(type) ? type : [type]).filter((one): one is string => typeof one === 'string');
  return {
    types: named.filter((one) => one !== 'null').map((one) => one.toUpperCase()),
    nullable: named.includes('null'),
  };
}

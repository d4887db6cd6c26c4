import { z } from 'zod';
import { listOptions } from './options.ts';
import { settingsSchema } from './schema.ts';

/** JSON Schema of the settings file, for editors; without secrets, because the file must not contain them. */
export function settingsJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(settingsSchema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      for (const name of ['flag', 'flagDescription', 'env', 'secret', 'separator']) delete jsonSchema[name];
    },
  });
  const secrets = listOptions().filter((option) => option.secret);
  for (const { key } of secrets) if (schema.properties !== undefined) delete schema.properties[key];
  return { ...schema, title: 'Settings of blogger' };
}

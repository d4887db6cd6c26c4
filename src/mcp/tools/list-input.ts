import { z } from 'zod';
import type { RuntimeOptions } from '../../run/runtime-options.ts';
import type { ProjectContext } from '../project-context.ts';

/** Addresses of the web only: a client must not be able to read files of this machine through a list. */
const webAddress = z
  .string()
  .max(4096)
  .regex(/^https?:\/\/\S+$/i, 'An address that begins with https:// or http:// and has no spaces')
  .refine((url) => URL.canParse(url), 'A valid URL');

export const listInput = {
  urls: z
    .array(webAddress)
    .min(1)
    .max(500)
    .optional()
    .describe("Pages to read. Without it, the project's own list is read."),
};

/** The list and the options that every run of a tool has. */
export function runOf(
  { urls }: { readonly urls?: readonly string[] | undefined },
  { settings, secrets, cwd, stop }: ProjectContext,
  signal: AbortSignal,
): { readonly lists: readonly string[]; readonly options: RuntimeOptions } {
  const options: RuntimeOptions = { settings, secrets, cwd, stop: AbortSignal.any([stop, signal]) };
  if (urls === undefined) return { lists: [settings.urls], options };
  return { lists: ['-'], options: { ...options, readStdin: async () => `${urls.join('\n')}\n` } };
}

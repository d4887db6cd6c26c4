/** The fields of Yoast SEO and Rank Math, where the site takes them by REST: a plugin or a line of the theme has registered them. */

import type { PostDocument } from '../../core/publishing.ts';
import type { WordPressApi } from './api.ts';

const FIELDS: Readonly<Record<string, (document: PostDocument) => string | undefined>> = {
  _yoast_wpseo_metadesc: ({ description }) => description,
  _yoast_wpseo_canonical: ({ canonical }) => canonical,
  rank_math_description: ({ description }) => description,
  rank_math_canonical_url: ({ canonical }) => canonical,
};

export function createSeoFields(api: WordPressApi) {
  let registered: Promise<readonly string[]> | undefined;
  const find = async (signal: AbortSignal) => {
    const { json } = await api('OPTIONS', '/posts', signal);
    const { schema } = (json ?? {}) as {
      readonly schema?: { readonly properties?: { readonly meta?: { readonly properties?: object } } };
    };
    return Object.keys(schema?.properties?.meta?.properties ?? {});
  };
  return {
    async of(
      document: PostDocument,
      signal: AbortSignal,
    ): Promise<{ readonly meta?: Readonly<Record<string, string>> }> {
      registered ??= find(signal);
      registered.catch(() => {
        registered = undefined; // asked again by the next post
      });
      const names = await registered;
      const values = Object.entries(FIELDS).flatMap(([name, read]) => {
        const value = read(document);
        return names.includes(name) && value !== undefined && value !== '' ? [[name, value] as const] : [];
      });
      return values.length === 0 ? {} : { meta: Object.fromEntries(values) };
    },
  };
}

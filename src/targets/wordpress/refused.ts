import type { BloggerError } from '../../core/errors.ts';
import { type JsonAnswer, refused } from '../json-client.ts';

const LOGIN =
  'WORDPRESS_USER is the name that the user logs in with, and not the name of the application password. If both are right, the server drops the Authorization header: let it through (Apache: `SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1`).';
const PLAIN_HTTP =
  'WordPress takes application passwords over https alone, or with WP_ENVIRONMENT_TYPE set to local; a security plugin may have switched them off.';

/** What helps, by WordPress's own codes. */
const HINTS: Readonly<Record<string, string>> = {
  rest_not_logged_in: LOGIN,
  rest_invalid_param: LOGIN,
  invalid_username: LOGIN,
  invalid_email: LOGIN,
  incorrect_password: 'Make a new application password (Users → Profile) and set WORDPRESS_APP_PASSWORD to it.',
  application_passwords_disabled: PLAIN_HTTP,
  application_passwords_disabled_for_user: PLAIN_HTTP,
  rest_no_route: 'Its REST API is older than WordPress 4.7, or a plugin has switched it off.',
  rest_upload_sideload_error: 'The server cannot write to its folder of uploads, or does not take this type of file.',
  rest_upload_unknown_error: 'The server cannot write to its folder of uploads, or does not take this type of file.',
};

/** The error of an answer of WordPress that says no. */
export function refusedByWordPress(what: string, answer: JsonAnswer): BloggerError {
  const { code } = (answer.json ?? {}) as { readonly code?: unknown };
  return refused('WordPress', what, answer, typeof code === 'string' ? HINTS[code] : undefined);
}

import { BloggerError } from '../../core/errors.ts';
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

/** A page, or nothing at all, where every WordPress answers in JSON: status 200 and 404 alike. */
function isNoApi({ status, json, location, isUnproven }: JsonAnswer): boolean {
  return isUnproven === true && location === undefined && json === undefined && (status === 200 || status === 404);
}

function noWordPress({ status, said }: JsonAnswer): BloggerError {
  const page = said === undefined ? 'an empty page' : `the page "${said.slice(0, 60)}"`;
  return new BloggerError(`No WordPress answers at this address, but ${page} (status ${status})`, {
    code: 'TARGET_REFUSED',
    hint: 'Set --wordpress-url to the address of the site’s front page. If it is right, this is a page and not an answer of the API: a firewall, a login page or a plugin stands before it. Let requests of blogger through to the API.',
  });
}

/** The error of an answer of WordPress that says no. */
export function refusedByWordPress(what: string, answer: JsonAnswer): BloggerError {
  const { code } = (answer.json ?? {}) as { readonly code?: unknown };
  if (isNoApi(answer)) return noWordPress(answer);
  return refused('WordPress', what, answer, typeof code === 'string' ? HINTS[code] : undefined);
}

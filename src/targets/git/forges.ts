/** Pull and merge requests at the three kinds of forges, a row each. */

import type { BloggerError } from '../../core/errors.ts';
import { trimEdges, trimTail } from '../../util/text/trim-edges.ts';
import { type JsonAnswer, refused, requestJson } from '../json-client.ts';

export const FORGES = ['github', 'gitlab', 'forgejo'] as const;
export type ForgeName = (typeof FORGES)[number];

export interface ForgeOptions {
  readonly name: ForgeName;
  /** Address of its API. */
  readonly api: string;
  /** `owner/name`, with the groups above it where the forge has them. */
  readonly project: string;
  readonly token: string;
}

export interface PullRequest {
  readonly url: string;
  readonly isOpen: boolean;
  /** The commit that it asks to merge. */
  readonly commit: string | undefined;
}

export interface NewRequest {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

export interface Forge {
  readonly name: ForgeName;
  /** Requests of this branch, open and closed. */
  find(branch: string, signal: AbortSignal): Promise<readonly PullRequest[]>;
  /** Undefined where the forge says that there is one. */
  open(request: NewRequest, signal: AbortSignal): Promise<PullRequest | undefined>;
  /** Throws where the token may not see the project. */
  check(signal: AbortSignal): Promise<void>;
}

type Json = Readonly<Record<string, unknown>>;

interface Shape {
  readonly headers: (token: string) => Readonly<Record<string, string>>;
  readonly project: (project: string) => string;
  readonly requests: string;
  readonly query: (branch: string, project: string) => string;
  readonly body: (request: NewRequest) => Json;
  readonly read: (json: Json) => PullRequest & { readonly branch: string };
}

const ownerOf = (project: string) => project.split('/', 1)[0] ?? '';
const plainProject = (project: string) => `/repos/${project.split('/').map(encodeURIComponent).join('/')}`;
const asPull = ({ branch, base, title, body }: NewRequest) => ({ head: branch, base, title, body });
const readPull = (json: Json) => {
  const head = json['head'] as { readonly ref?: string; readonly sha?: string } | undefined;
  return {
    url: String(json['html_url']),
    isOpen: json['state'] === 'open',
    commit: head?.sha,
    branch: head?.ref ?? '',
  };
};

const SHAPES: Readonly<Record<ForgeName, Shape>> = {
  github: {
    headers: (token) => ({
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    }),
    project: plainProject,
    requests: '/pulls',
    query: (branch, project) => `head=${encodeURIComponent(`${ownerOf(project)}:${branch}`)}&state=all&per_page=100`,
    body: asPull,
    read: readPull,
  },
  forgejo: {
    headers: (token) => ({ authorization: `token ${token}` }),
    project: plainProject,
    requests: '/pulls',
    // There is no filter by branch; the newest come first.
    query: () => 'state=all&sort=recentupdate&limit=50',
    body: asPull,
    read: readPull,
  },
  gitlab: {
    headers: (token) => ({ 'private-token': token }),
    project: (project) => `/projects/${encodeURIComponent(project)}`,
    requests: '/merge_requests',
    query: (branch) => `source_branch=${encodeURIComponent(branch)}&state=all&per_page=100`,
    body: ({ branch, base, title, body }) => ({
      source_branch: branch,
      target_branch: base,
      title,
      description: body,
      remove_source_branch: true,
    }),
    read: (json) => ({
      url: String(json['web_url']),
      isOpen: json['state'] === 'opened',
      commit: typeof json['sha'] === 'string' ? json['sha'] : undefined,
      branch: String(json['source_branch']),
    }),
  },
};

export function openForge({ name, api, project, token }: ForgeOptions): Forge {
  const shape = SHAPES[name];
  const home = `${trimTail(api, /\//)}${shape.project(project)}`;
  const ask = (method: 'GET' | 'POST', path: string, signal: AbortSignal, body?: Json) =>
    requestJson(
      { method, url: home + path, headers: shape.headers(token), ...(body === undefined ? {} : { body }) },
      signal,
    );
  return {
    name,
    async find(branch, signal) {
      const answer = await ask('GET', `${shape.requests}?${shape.query(branch, project)}`, signal);
      if (answer.status !== 200 || !Array.isArray(answer.json)) throw forgeRefused('list the requests', answer);
      return (answer.json as Json[]).map(shape.read).filter((request) => request.branch === branch);
    },
    async open(request, signal) {
      const answer = await ask('POST', shape.requests, signal, shape.body(request));
      if (answer.status === 201) return shape.read(answer.json as Json);
      // GitHub says 422 where there is one, GitLab and Forgejo 409.
      if (answer.status === 409 || (answer.status === 422 && /already exists/i.test(JSON.stringify(answer.json))))
        return undefined;
      throw forgeRefused('open a request', answer);
    },
    async check(signal) {
      const answer = await ask('GET', '', signal);
      if (answer.status !== 200) throw forgeRefused(`show ${project}`, answer);
    },
  };

  function forgeRefused(what: string, answer: JsonAnswer): BloggerError {
    return refused(`The forge (${name})`, what, answer);
  }
}

const HOSTS: readonly (readonly [host: RegExp, name: ForgeName])[] = [
  [/(?:^|\.)github\./, 'github'],
  [/(?:^|\.)gitlab\./, 'gitlab'],
  [/(?:^|\.)(?:codeberg|gitea|forgejo)\./, 'forgejo'],
];

/** A host has a dot; what has none is a path, such as `C:\blog`. */
function withDot(address: RegExpExecArray | null): RegExpExecArray | null {
  return address?.[1]?.includes('.') === true ? address : null;
}

/** What the address of a repository says of its forge; undefined for a path. */
export function forgeOfRemote(
  url: string,
): { readonly name: ForgeName | undefined; readonly host: string; readonly project: string } | undefined {
  const short = withDot(/^(?:[^@/\s:]{1,200}@)?([^@/\s:]{1,250}):(?!\/\/)(\S+)$/.exec(url)); // git@host:owner/name.git
  const whole = /^(?:https?|ssh|git):\/\//.test(url) ? new URL(url) : undefined;
  const host = short?.[1] ?? (whole?.protocol.startsWith('http') === true ? whole.host : whole?.hostname); // the port of ssh is not the API's
  const path = short?.[2] ?? whole?.pathname;
  if (host === undefined || path === undefined) return undefined;
  const project = trimEdges(path, /\//).replace(/\.git$/, '');
  return { name: HOSTS.find(([pattern]) => pattern.test(host))?.[1], host: host.replace(/^ssh\./, ''), project };
}

export function apiOf(name: ForgeName, host: string): string {
  if (name === 'github') return host === 'github.com' ? 'https://api.github.com' : `https://${host}/api/v3`;
  return name === 'gitlab' ? `https://${host}/api/v4` : `https://${host}/api/v1`;
}

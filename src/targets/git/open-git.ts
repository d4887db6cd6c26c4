import { join } from 'node:path';
import { BloggerError } from '../../core/errors.ts';
import type { Clock, Random } from '../../core/ports.ts';
import type { Outlet } from '../../core/publishing.ts';
import { hashText } from '../../util/stable-hash.ts';
import { trimEdges } from '../../util/text/trim-edges.ts';
import { apiOf, type Forge, type ForgeName, forgeOfRemote, openForge } from './forges.ts';
import { createGitOutlet } from './git.ts';
import { openGit, withoutUser } from './git-command.ts';
import { openRepository } from './repository.ts';

interface GitSettings {
  readonly gitBranch?: string | undefined;
  readonly gitFolder?: string | undefined;
  readonly gitForge: 'auto' | 'none' | ForgeName;
  readonly gitApi?: string | undefined;
  readonly gitProject?: string | undefined;
}

export interface OpenGitOptions {
  readonly settings: GitSettings;
  readonly secrets: Readonly<Record<string, string | undefined>>;
  readonly state: string;
  readonly out: string;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** Variables that forges' own tools and CI read, after our own. */
const TOKENS: Readonly<Record<ForgeName, string>> = {
  github: 'GITHUB_TOKEN',
  gitlab: 'GITLAB_TOKEN',
  forgejo: 'FORGEJO_TOKEN',
};

/** Throws `CONFIG_INVALID` where a forge is named whose address or project is not known, `TARGET_AUTH` where its token is not set. */
export function openGitOutlet(url: string, options: OpenGitOptions): Outlet {
  const { settings, secrets, state, out, timeZone, clock, random } = options;
  const name = forgeNameOf(url, settings);
  const token = secrets['GIT_TOKEN'] ?? (name === undefined ? undefined : secrets[TOKENS[name]]);
  const folder = join(state, 'git', hashText(url).slice(0, 16));
  return createGitOutlet({
    place: `git ${withoutUser(url)}`,
    repository: openRepository(openGit(folder, { url, token }), { folder, url, base: settings.gitBranch }),
    forge: name === undefined ? undefined : openForgeOf(name, url, token, settings),
    folder: trimEdges(settings.gitFolder ?? (out.startsWith('..') ? '' : out), /\//),
    timeZone,
    clock,
    random,
  });
}

function forgeNameOf(url: string, { gitForge }: GitSettings): ForgeName | undefined {
  if (gitForge === 'none') return undefined;
  return gitForge === 'auto' ? forgeOfRemote(url)?.name : gitForge;
}

function openForgeOf(name: ForgeName, url: string, token: string | undefined, settings: GitSettings): Forge {
  const remote = forgeOfRemote(url);
  const api = settings.gitApi ?? (remote === undefined ? undefined : apiOf(name, remote.host));
  const project = settings.gitProject ?? remote?.project;
  if (api === undefined || project === undefined)
    throw new BloggerError(`The address of the repository does not say where its ${name} is`, {
      code: 'CONFIG_INVALID',
      hint: 'Set gitApi and gitProject, or gitForge to none.',
    });
  if (token === undefined)
    throw new BloggerError(`To open a request at ${name}, GIT_TOKEN or ${TOKENS[name]} has to be set`, {
      code: 'TARGET_AUTH',
      hint: 'Make a token that may push branches and open requests; with --git-forge none the branch is only pushed.',
    });
  return openForge({ name, api, project, token });
}

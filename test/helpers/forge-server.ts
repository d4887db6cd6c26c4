import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type EmulatedForge = 'github' | 'gitlab' | 'forgejo';

interface EmulatedRequest {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  state: 'open' | 'closed';
}

export const FORGE_TOKEN = 'forge-token';

/** Pull and merge requests as the three forges answer: a second one of an open branch is refused, each with its own status. `shaOf` answers the newest commit of a branch. */
export async function startForge(kind: EmulatedForge, shaOf: (branch: string) => Promise<string>) {
  const requests: EmulatedRequest[] = [];
  const emulated = {
    requests,
    calls: [] as string[],
    fault: (() => undefined) as (call: string) => 'lost' | 'refused' | undefined,
  };
  const server = createServer((request, response) => {
    void handle(request).then(
      ({ status, json, isLost }) => {
        if (isLost) response.destroy();
        else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const answer = (status: number, json: unknown, isLost = false) => ({ status, json, isLost });

  async function handle(request: IncomingMessage) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = `${request.method} ${request.url}`;
    emulated.calls.push(call);
    const { authorization, 'private-token': privateToken } = request.headers;
    const given =
      kind === 'gitlab' ? privateToken : authorization?.replace(kind === 'github' ? 'Bearer ' : 'token ', '');
    if (given !== FORGE_TOKEN) return answer(401, { message: 'Bad credentials' });
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const project = kind === 'gitlab' ? '/projects/ann%2Fblog' : '/repos/ann/blog';
    if (!pathname.startsWith(project)) return answer(404, { message: 'Not Found' });
    if (pathname === project) return answer(200, { id: 1 });
    const fault = request.method === 'POST' ? emulated.fault(call) : undefined;
    if (fault === 'refused') return answer(0, {}, true);
    if (request.method === 'GET')
      return answer(200, await Promise.all(requests.filter((one) => isWanted(one, searchParams)).map(shown)));
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
    const head = body['head'] ?? body['source_branch'] ?? '';
    if (requests.some((one) => one.head === head && one.state === 'open')) {
      const [status, json] = REPEATED[kind];
      return answer(status, json, fault === 'lost');
    }
    const made: EmulatedRequest = {
      number: requests.length + 1,
      head,
      base: body['base'] ?? body['target_branch'] ?? '',
      title: body['title'] ?? '',
      body: body['body'] ?? body['description'] ?? '',
      state: 'open',
    };
    requests.push(made);
    return answer(201, await shown(made), fault === 'lost');
  }

  function isWanted({ head }: EmulatedRequest, query: URLSearchParams): boolean {
    if (kind === 'github') return query.get('head') === `ann:${head}`;
    return kind === 'gitlab' ? query.get('source_branch') === head : true;
  }

  async function shown({ number, head, state, title }: EmulatedRequest) {
    const sha = await shaOf(head);
    if (kind === 'gitlab')
      return {
        iid: number,
        web_url: `${url}/mr/${number}`,
        state: state === 'open' ? 'opened' : state,
        sha,
        source_branch: head,
        title,
      };
    return { number, html_url: `${url}/pull/${number}`, state, head: { ref: head, sha }, title };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(emulated, {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

const REPEATED = {
  github: [422, { message: 'Validation Failed', errors: [{ message: 'A pull request already exists for ann:x.' }] }],
  gitlab: [409, { message: ['Another open merge request already exists for this source branch: !1'] }],
  forgejo: [409, { message: 'pull request already exists for these targets' }],
} as const;

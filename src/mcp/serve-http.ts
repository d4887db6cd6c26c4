/** Streamable HTTP for local clients. Loopback only, and only for requests that name a loopback host: no web page can reach it. */

import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
} from '@modelcontextprotocol/server';
import { createServer } from './create-server.ts';
import type { ProjectContext } from './project-context.ts';

export interface HttpHandle extends AsyncDisposable {
  readonly url: string;
}

/** Serves `/mcp` on 127.0.0.1. Port 0 takes a free one. Rejects with the system's error if the port is taken. */
export async function serveHttp(project: ProjectContext, port: number): Promise<HttpHandle> {
  const handler = createMcpHandler(() => createServer(project));
  const server = createHttpServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const ask = toRequest(request);
    const refused =
      hostHeaderValidationResponse(ask, localhostAllowedHostnames()) ??
      originValidationResponse(ask, localhostAllowedOrigins());
    const reply = refused ?? (isEndpoint(ask) ? await handler.fetch(ask) : new Response(null, { status: 404 }));
    response.writeHead(reply.status, [...reply.headers].flat());
    if (reply.body === null) response.end();
    else await pipeline(Readable.fromWeb(reply.body as Parameters<typeof Readable.fromWeb>[0]), response);
  }

  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
  const { port: bound } = server.address() as AddressInfo; // a TCP server
  return {
    url: `http://127.0.0.1:${bound}/mcp`,
    async [Symbol.asyncDispose]() {
      await handler.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const isEndpoint = (request: Request) => new URL(request.url).pathname === '/mcp';

function toRequest(message: IncomingMessage): Request {
  const { method = 'GET', url = '/', headers } = message;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(new URL(url, 'http://127.0.0.1'), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
    ...(hasBody ? { body: Readable.toWeb(message) as ReadableStream, duplex: 'half' } : {}),
  } as RequestInit);
}

import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { App, Module } from '@zaizao/platform/http';
import { WebSocketServer } from 'ws';
import { type Listening, socketsOf } from './sockets.ts';

type Server = Parameters<NonNullable<Module['plugin']>>[0];

/** What the route of a named query's events has admitted, until its socket is there. */
const admitted = new Map<string, Omit<Listening, 'mayStill'>>();

/** Only an upgrade that came over the wire knows it, so no plain request is taken for one. */
const SECRET = randomBytes(24).toString('hex');
/** The header that carries it in, and the ticket out. */
export const UPGRADE_TICKET = 'x-zaizao-upgrade';

/** Whether a request is the admission of a real upgrade. */
export function isUpgrade(headers: Readonly<Record<string, unknown>>): boolean {
  return headers[UPGRADE_TICKET] === SECRET;
}

/** Notes an admitted listener; the socket is opened when the upgrade brings the ticket back. */
export function admit(listening: Omit<Listening, 'mayStill'>): string {
  const ticket = randomBytes(18).toString('hex');
  admitted.set(ticket, listening);
  return ticket;
}

const PATH = /^\/epcis\/queries\/[^/?]+\/events(?:\?|$)/;

/**
 * Websockets of named queries. The upgrade is asked of the route itself, as a request inside the server: who calls, what
 * they may and what they ask for are decided in the one place where every request is.
 */
export async function serveUpgrades(server: Server, app: App): Promise<void> {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 4096,
    perMessageDeflate: false,
  });
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    void open(server, app, sockets, request, socket, head).catch((cause: unknown) => {
      app.log.error({ err: cause }, 'an upgrade failed');
      socket.destroy();
    });
  });
}

/** A page of another site must not listen with the cookies of a person signed in here. */
function isForeign(request: IncomingMessage, app: App): boolean {
  const { origin, authorization } = request.headers;
  if (origin === undefined || authorization !== undefined) return false;
  return (
    origin !== new URL(app.config.publicUrl).origin && origin !== `http://${request.headers.host}`
  );
}

async function open(
  server: Server,
  app: App,
  sockets: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const url = request.url ?? '';
  const isSocket = request.headers.upgrade?.toLowerCase() === 'websocket';
  if (!isSocket || !PATH.test(url)) return refuse(socket, 404, 'text/plain', 'nothing to upgrade');
  if (isForeign(request, app)) return refuse(socket, 403, 'text/plain', 'another origin');
  const ask = () => {
    const { connection: _, ...headers } = request.headers;
    return server.inject({
      ...{ method: 'GET', url, headers: { ...headers, [UPGRADE_TICKET]: SECRET } },
      remoteAddress: request.socket.remoteAddress ?? '127.0.0.1',
    });
  };
  const answer = await ask();
  const ticket = answer.headers[UPGRADE_TICKET];
  const listening = typeof ticket === 'string' ? admitted.get(ticket) : undefined;
  if (typeof ticket === 'string') admitted.delete(ticket);
  if (answer.statusCode !== 204 || !listening) {
    const type = String(answer.headers['content-type'] ?? 'application/problem+json');
    return refuse(socket, answer.statusCode, type, answer.body);
  }
  const mayStill = async (): Promise<boolean> => {
    const again = await ask();
    const spare = again.headers[UPGRADE_TICKET];
    if (typeof spare === 'string') admitted.delete(spare);
    return again.statusCode === 204;
  };
  sockets.handleUpgrade(request, socket, head, (client) => {
    socketsOf(app).add(client, { ...listening, mayStill });
  });
}

function refuse(socket: Duplex, status: number, type: string, body: string): void {
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: ${type}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

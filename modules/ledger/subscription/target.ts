import { lookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';

/** An address that events are not sent to. */
export class TargetRefused extends Error {}

/** A target that does not answer has this long, from looking up its name to its status. */
const MOST_MS = 10_000;

const blocked = new BlockList();
for (const [network, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
  ] as const),
  ...([
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
  ] as const),
  ...([
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
  ] as const),
  ...([
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
] as const) {
  blocked.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  // Unspecified, loopback and all that carry an IPv4 address inside: those come as IPv4.
  ...([
    ['::', 96],
    ['64:ff9b::', 32],
    ['100::', 64],
    ['2001::', 23],
    ['2001:db8::', 32],
  ] as const),
  ...([
    ['2002::', 16],
    ['3fff::', 20],
    ['5f00::', 16],
    ['fc00::', 7],
    ['fe80::', 10],
  ] as const),
  ...([
    ['fec0::', 10],
    ['ff00::', 8],
  ] as const),
] as const) {
  blocked.addSubnet(network, bits, 'ipv6');
}

/** Whether an address belongs to the public internet: neither loopback, private, link-local nor reserved. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '');
  const family = isIP(plain);
  if (family === 0) return false;
  if (/^::ffff:/i.test(plain)) return false; // an IPv4 address written in hexadecimal
  return !blocked.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** Hosts of one's own network that the operator lets webhooks reach: `ZAIZAO_WEBHOOK_ALLOW=mes.plant,10.1.2.3`. */
function isAllowed(host: string): boolean {
  const allowed = (process.env.ZAIZAO_WEBHOOK_ALLOW ?? '').split(',').map((h) => h.trim());
  return host !== '' && allowed.includes(host);
}

/**
 * Reads the address of a webhook: https, or http to a host that the operator allows; no password in it; no address that
 * is not public. Names are looked up when something is sent, not here.
 *
 * @throws TargetRefused
 */
export function targetOf(text: string): URL {
  if (!URL.canParse(text) || text.length > 2_000) throw new TargetRefused('dest is no web address');
  const url = new URL(text);
  const host = bareHost(url);
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw new TargetRefused('dest has a user, a password or a fragment');
  }
  if (isAllowed(host) && /^https?:$/.test(url.protocol)) return url;
  if (url.protocol !== 'https:') throw new TargetRefused('dest must begin with https:');
  const isLocal = /^localhost$|\.(?:localhost|local|internal|home\.arpa)$/i.test(host);
  if (isLocal || !(isIP(host) ? isPublicAddress(host) : host.includes('.'))) {
    throw new TargetRefused('dest is not on the public internet');
  }
  return url;
}

/** One public address of a host; looked up once, so that it cannot change between the check and the call. */
async function addressOf(url: URL): Promise<{ address: string; family: number }> {
  const host = bareHost(url);
  const family = isIP(host);
  const found = family ? [{ address: host, family }] : await lookup(host, { all: true });
  if (!isAllowed(host) && !found.every(({ address }) => isPublicAddress(address))) {
    throw new TargetRefused(`${host} is not on the public internet`);
  }
  const [first] = found;
  if (!first) throw new TargetRefused(`${host} has no address`);
  return first;
}

/**
 * Posts to a webhook and answers its status. The connection goes to the address that was checked, redirects are not
 * followed, the body of the answer is not read.
 *
 * @throws TargetRefused, or what the network fails with
 */
export async function post(
  dest: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const url = targetOf(dest);
  const signal = AbortSignal.timeout(MOST_MS);
  const pinned = await within(addressOf(url), signal);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        agent: false,
        signal,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        lookup: (_host, options, done) =>
          // Node asks for one address or for all of them, by its version and settings.
          options.all ? done(null, [pinned]) : done(null, pinned.address, pinned.family),
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        answer.destroy();
      },
    );
    request.on('error', (cause) =>
      reject(signal.aborted ? new Error(`no answer within ${MOST_MS / 1000} s`) : cause),
    );
    request.end(body);
  });
}

function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('the name was not found in time')), {
        once: true,
      });
    }),
  ]);
}

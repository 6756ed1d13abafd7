import { BlockList, connect, isIP } from 'node:net';

const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('172.16.0.0', 12, 'ipv4');
PRIVATE.addSubnet('192.168.0.0', 16, 'ipv4');
PRIVATE.addSubnet('100.64.0.0', 10, 'ipv4');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * Whether a printer may stand at an address: in a private network, never a name (which could be made
 * to mean another machine later). This machine itself only for who administers the installation.
 */
export function isPrinterAddress(host: string, mayBeHere: boolean): boolean {
  const version = isIP(host);
  if (version === 0) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return PRIVATE.check(host, family) || (mayBeHere && LOOPBACK.check(host, family));
}

const SILENCE_MS = 5_000;
/** After all bytes are gone: some printers never close their side. */
const LINGER_MS = 1_000;

/**
 * Sends bytes to a printer by raw TCP and throws when it does not take them all: no connection, a broken
 * one, or no progress for five seconds. What the printer says is not read by anybody.
 */
export function sendRaw(
  to: { readonly host: string; readonly port: number },
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: to.host, port: to.port, signal });
    let isSent = false;
    socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('no answer')));
    // a printer that hangs up when it has everything has printed
    socket.on('error', (e) => (isSent ? resolve() : reject(e)));
    socket.on('close', () => (isSent ? resolve() : reject(new Error('closed'))));
    socket.on('finish', () => {
      isSent = true;
      socket.setTimeout(LINGER_MS, () => socket.destroy());
    });
    socket.resume();
    socket.end(bytes);
  });
}

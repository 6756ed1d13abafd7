import { Socket } from 'node:net';

/** From here on this process opens no connection: whoever tries fails, and says so. */
export function goOffline(): void {
  const refuse = () => {
    throw new Error('离线模式不允许联网 / offline: nothing may be asked of the network');
  };
  Socket.prototype.connect = refuse;
  globalThis.fetch = refuse;
}

import { freshKey, send } from '../client/call.ts';
import { Problem } from '../client/problem.ts';
import { actQueue } from '../client/queue-live.ts';

/** A stored file, as `POST /api/v1/files` answers. */
export interface StoredFile {
  readonly sha256: string;
  readonly mediaType: string;
  readonly size: number;
}

/** Pictures that wait for the network, shown from here until the server has them. */
const local = new Map<string, string>();

/** Where a stored picture is shown from. */
export function fileAddress(sha256: string): string {
  return local.get(sha256) ?? `/api/v1/files/${sha256}`;
}

/**
 * Stores a picture. Without a network it waits in line, and since files are named by their SHA-256,
 * the acts after it can name it already. Browsers compute that on https and localhost only;
 * elsewhere the lack of a network is thrown as the {@link Problem} it is.
 */
export async function storePicture(blob: Blob, title: string): Promise<StoredFile> {
  const key = freshKey();
  const sending = { method: 'POST', address: '/api/v1/files', file: blob, fileName: 'photo.jpg' };
  try {
    return (await send({ ...sending, key, patience: 30_000 })) as StoredFile; // the files contract's response
  } catch (e) {
    const isOffline = e instanceof Problem && e.isOffline;
    if (!isOffline || globalThis.crypto.subtle === undefined) throw e;
    const sha256 = await sha256Of(blob);
    local.set(sha256, URL.createObjectURL(blob));
    const owner = actQueue.currentOwner;
    await actQueue.add({ key, at: Date.now(), title, module: 'platform', owner, sending });
    return { sha256, mediaType: blob.type, size: blob.size };
  }
}

async function sha256Of(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, '0')).join('');
}

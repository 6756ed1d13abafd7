import { ThreadPool } from '@zaizao/platform/threads';
import type { CertificateContent } from './content.ts';

const drawing = new ThreadPool<CertificateContent, Uint8Array>(
  new URL('./worker.ts', import.meta.url),
);

/** The document of a certificate. Drawing takes tens of milliseconds, so another thread does it. */
export function renderCertificate(content: CertificateContent): Promise<Uint8Array> {
  return drawing.ask(content);
}

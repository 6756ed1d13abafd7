/** The thread that draws certificates: content in, bytes out, one after the other. */
import { parentPort } from 'node:worker_threads';
import type { CertificateContent } from './content.ts';
import { drawCertificate } from './draw.ts';

export interface Task {
  readonly no: number;
  readonly content: CertificateContent;
}

export type Answer =
  | { readonly no: number; readonly pdf: Uint8Array }
  | { readonly no: number; readonly failure: string };

parentPort?.on('message', ({ no, content }: Task) => {
  drawCertificate(content).then(
    (pdf) => parentPort?.postMessage({ no, pdf } satisfies Answer),
    (e: unknown) => parentPort?.postMessage({ no, failure: String(e) } satisfies Answer),
  );
});

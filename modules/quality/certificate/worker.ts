/** The thread that draws certificates: content in, bytes out. */
import { answerInThread } from '@zaizao/platform/threads';
import type { CertificateContent } from './content.ts';
import { drawCertificate } from './draw.ts';

answerInThread<CertificateContent, Uint8Array>(async (content) => ({
  answer: await drawCertificate(content),
}));

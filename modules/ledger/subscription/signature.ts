import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** How deliveries are signed. */
export type SignatureKind = 'none' | 'hmac' | 'jws';

function mac(secret: string, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

/**
 * The value of `GS1-Signature`.
 *
 * `hmac`: `t=<seconds since 1970>,v1=<HMAC-SHA256 of "<t>.<body>", hexadecimal>`. `jws`: a JSON Web Signature with
 * detached content (RFC 7515 appendix F), HS256, whose header has `iat` and the delivery's id as `jti`. Both cover the time,
 * so that a receiver can refuse what is old.
 */
export function signatureOf(
  kind: Exclude<SignatureKind, 'none'>,
  secret: string,
  body: string,
  delivery: { readonly id: string; readonly at: Date },
): string {
  const seconds = Math.floor(delivery.at.getTime() / 1000);
  if (kind === 'hmac') {
    return `t=${seconds},v1=${mac(secret, `${seconds}.${body}`).toString('hex')}`;
  }
  const header = { alg: 'HS256', typ: 'JOSE', iat: seconds, jti: delivery.id };
  const front = Buffer.from(JSON.stringify(header)).toString('base64url');
  const content = Buffer.from(body).toString('base64url');
  return `${front}..${mac(secret, `${front}.${content}`).toString('base64url')}`;
}

const IV = 12;
const TAG = 16;

function keyOf(installation: string, subscription: string): Buffer {
  const info = 'zaizao webhook secret';
  return Buffer.from(hkdfSync('sha256', installation, subscription, info, 32));
}

/** Seals a secret for the database, under the installation's own. */
export function sealSecret(installation: string, subscription: string, secret: string): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', keyOf(installation, subscription), iv);
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

export function openSecret(installation: string, subscription: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  const key = keyOf(installation, subscription);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV));
  decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString(
    'utf8',
  );
}

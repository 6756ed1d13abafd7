import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  addProof,
  decodeSecretKey,
  eddsaJcs2022,
  encodePublicKey,
  encodeSecretKey,
  type KeyPair,
  keyPair,
  signJwt,
} from '@zaizao/credential';
import { eddsaRdfc2022 } from '@zaizao/credential/rdfc';
import { canonicalUri } from '@zaizao/gs1';
import { credentialContexts, registrationSignature } from '@zaizao/modules/passport';
import {
  exportCatenaX,
  exportShell,
  getConformity,
  getIssuer,
  getTraceability,
  handInSignature,
  listUnsigned,
} from '@zaizao/modules/passport/contract';
import type { JsonObject } from '@zaizao/tlog';
import { ask, type Remote } from './remote.ts';

/*
 * What an organisation that keeps its signing key itself does on its own computer: makes the key, signs
 * what waits. The private half is read here and never sent.
 */

/** The verbs of `passport` that are answered here. */
export const KEY_VERBS: ReadonlySet<string> = new Set(['key', 'sign', 'export']);

export const KEY_USAGE = `  passport key --out FILE [--url URL] [--key API-KEY]
  passport sign --signing-key FILE [--url URL] [--key API-KEY]
  passport export EPC --as catena-x|aas|dcc|dte [--form jcs|rdfc|jwt] [--url URL]`;

const EXPORTS = {
  'catena-x': exportCatenaX,
  aas: exportShell,
  dcc: getConformity,
  dte: getTraceability,
} as const;

/** `passport key`, `passport sign`, `passport export`. */
export async function passportKeysCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: 'string', default: 'http://localhost:8080' },
      key: { type: 'string' },
      out: { type: 'string' },
      'signing-key': { type: 'string' },
      as: { type: 'string' },
      form: { type: 'string' },
    },
  });
  const [verb, target] = positionals;
  const remote = { url: values.url, key: values.key ?? process.env.ZAIZAO_KEY };
  const signing = values['signing-key'];
  if (verb === 'key' && values.out) return makeKey(remote, values.out);
  if (verb === 'sign' && signing) return signWaiting(remote, signing);
  if (verb === 'export' && target && values.as && Object.hasOwn(EXPORTS, values.as)) {
    const { path } = EXPORTS[values.as as keyof typeof EXPORTS]; // has it, just above
    const form = values.form ? { form: values.form } : {};
    const query = new URLSearchParams({ epc: canonicalUri(target), ...form });
    process.stdout.write(await (await ask(remote, `${path}?${query}`)).text());
    return 0;
  }
  console.error(`用法 / usage:\n${KEY_USAGE}`);
  return 2;
}

/** Makes a key in a file that only its owner reads, and prints what the settings page asks for. */
async function makeKey(remote: Remote, file: string): Promise<number> {
  const key = keyPair();
  await writeFile(file, `${encodeSecretKey(key.seed)}\n`, { mode: 0o600, flag: 'wx' });
  const { did } = getIssuer.response.parse(await (await ask(remote, getIssuer.path)).json());
  const publicKey = encodePublicKey(key.publicKey);
  console.log(`公钥 / public key            ${publicKey}`);
  console.log(`登记签名 / registration      ${registrationSignature(did, key)}`);
  console.log(`私钥在 / the private half is in ${file} (0600)`);
  return 0;
}

/** Signs every document that waits, in all three forms, and hands the signatures in. */
async function signWaiting(remote: Remote, file: string): Promise<number> {
  const key = decodeSecretKey((await readFile(file, 'utf8')).trim());
  const rdfc = eddsaRdfc2022(credentialContexts);
  let signed = 0;
  for (const seen = new Set<string>(); ; ) {
    const page = await (await ask(remote, `${listUnsigned.path}?limit=100`)).json();
    const { items } = listUnsigned.response.parse(page);
    const fresh = items.filter(({ id }) => !seen.has(id));
    if (fresh.length === 0) break;
    for (const { id, kind, subject, method, document } of fresh) {
      seen.add(id);
      const content = document as JsonObject; // parsed JSON
      const path = handInSignature.path.replace(':documentId', id);
      const body = await signatures(content, { key, method, rdfc, isList: kind === 'status-list' });
      await ask(remote, path, { method: 'POST', body });
      console.log(`✔ ${kind} ${subject}`);
      signed++;
    }
  }
  console.log(`已签名 / signed: ${signed}`);
  return 0;
}

async function signatures(
  content: JsonObject,
  by: {
    readonly key: KeyPair;
    readonly method: string;
    readonly rdfc: ReturnType<typeof eddsaRdfc2022>;
    readonly isList: boolean;
  },
) {
  const options = { verificationMethod: by.method, created: new Date().toISOString() };
  const signed = await addProof(content, eddsaJcs2022, by.key, options);
  if (by.isList) return { signed };
  return {
    signed,
    rdfc: await addProof(content, by.rdfc, by.key, options),
    jwt: signJwt(content, by.key, by.method),
  };
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, type JsonObject, toHex } from '@zaizao/tlog';
import { verifyCredential } from './credential.ts';
import { credentialProblems, presentationProblems } from './credential-shape.ts';
import { addProof, type Cryptosuite, hashProof, verifyProofs } from './data-integrity.ts';
import { didKey, didKeyMethod, didResolver } from './did.ts';
import { eddsaJcs2022 } from './eddsa-jcs.ts';
import { CredentialError } from './fault.ts';
import { signJwt, verifyJwt } from './jose.ts';
import { decodeSecretKey, type KeyPair, keyPair } from './key.ts';
import { decodeMultibase } from './multibase.ts';
import { eddsaRdfc2022 } from './rdfc.ts';

/** Facts that the vectors lean on: the examples context is a bare vocabulary. */
const EXAMPLES_V2 = { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } };

/** Checks with their outcome, gathered as they run. */
class Tally {
  passed = 0;
  readonly failures: string[] = [];

  check(ok: boolean, what: string): void {
    if (ok) this.passed++;
    else this.failures.push(what);
  }
}

/** Runs the W3C vectors below `folder` (`vc-di-eddsa-TestVectors`, `vcdm2-test-input`). Node only. */
export async function runW3cVectors(
  folder: string,
): Promise<{ passed: number; failures: string[] }> {
  const tally = new Tally();
  const contexts = await pinnedContexts(join(folder, 'vc-di-contexts'));
  const rdfc = eddsaRdfc2022(contexts);
  const vectors = join(folder, 'vc-di-eddsa-TestVectors');
  try {
    await signatureVectors(tally, vectors, 'eddsa-jcs-2022', 'JCS', eddsaJcs2022, 'unsigned.json');
    await signatureVectors(tally, vectors, 'eddsa-rdfc-2022', 'DataInt', rdfc, 'unsigned.json');
    if ('https://w3id.org/citizenship/v4rc1' in contexts) {
      const employ = 'eddsa-rdfc-2022/employ';
      await signatureVectors(tally, vectors, employ, 'DataInt', rdfc, 'employmentAuth.json');
    }
    await proofSetVectors(tally, join(vectors, 'proof-set-chain'), rdfc);
  } catch (error) {
    tally.check(false, `${vectors}: ${error instanceof Error ? error.message : String(error)}`);
  }
  await modelVectors(tally, folder, rdfc);
  return tally;
}

async function readJson(path: string): Promise<JsonObject> {
  const value = JSON.parse(await readFile(path, 'utf8'));
  if (!isObject(value)) throw new Error(`${path} is not a JSON object`);
  return value;
}

/** Contexts by their URL; files that are there for the vectors only. */
async function pinnedContexts(folder: string): Promise<Record<string, JsonObject>> {
  const known: Record<string, string> = {
    'https://w3id.org/citizenship/v4rc1': 'citizenship-v4rc1.json',
    'https://w3id.org/security/suites/ed25519-2020/v1': 'lds-ed25519-2020-v1.json',
  };
  const contexts: Record<string, JsonObject> = {
    'https://www.w3.org/ns/credentials/examples/v2': EXAMPLES_V2,
  };
  for (const [url, file] of Object.entries(known)) {
    const context = await readJson(join(folder, file)).catch(() => null);
    if (context) contexts[url] = context;
  }
  return contexts;
}

async function keyOf(path: string): Promise<KeyPair> {
  const { privateKeyMultibase } = await readJson(path);
  return decodeSecretKey(String(privateKeyMultibase));
}

/** Every intermediate value that the specification publishes for one signature. */
async function signatureVectors(
  tally: Tally,
  root: string,
  name: string,
  suffix: string,
  suite: Cryptosuite,
  unsigned: string,
): Promise<void> {
  const text = (part: string) => readFile(join(root, name, `${part}${suffix}.txt`), 'utf8');
  const same = async (part: string, actual: string) =>
    tally.check((await text(part)).trim() === actual.trim(), `${name}: ${part}`);
  const key = await keyOf(join(root, 'keyPair.json'));
  const document = await readJson(join(root, unsigned));
  const config = await readJson(join(root, name, `proofConfig${suffix}.json`));
  const hashed = await hashProof(suite, document, config);
  await same('canonDoc', hashed.canonicalDocument);
  await same('proofCanon', hashed.canonicalProof);
  await same('docHash', toHex(hashed.documentHash));
  await same('proofHash', toHex(hashed.proofHash));
  await same('combinedHash', toHex(hashed.combined));

  const signed = await addProof(document, suite, key, {
    verificationMethod: String(config.verificationMethod),
    created: String(config.created),
  });
  const proof = isObject(signed.proof) ? signed.proof : {};
  await same('sigBTC58', String(proof.proofValue));
  await same('sigHex', toHex(decodeMultibase(String(proof.proofValue))));

  const published = await readJson(join(root, name, `signed${suffix}.json`));
  const checks = { suites: [suite], resolve: didResolver(), now: new Date() };
  tally.check((await verifyProofs(published, checks)).ok, `${name}: published document verifies`);
  tally.check((await verifyProofs(signed, checks)).ok, `${name}: our document verifies`);
  const altered = { ...published, name: 'altered' };
  tally.check(!(await verifyProofs(altered, checks)).ok, `${name}: altered document is refused`);
}

/** Sets and chains of proofs. */
async function proofSetVectors(tally: Tally, folder: string, suite: Cryptosuite): Promise<void> {
  const keys = await readJson(join(folder, 'multiKeyPairs.json'));
  const key = (n: number): KeyPair => {
    const pair = keys[`keyPair${n}`];
    return decodeSecretKey(isObject(pair) ? String(pair.privateKeyMultibase) : '');
  };
  const checks = { suites: [suite], resolve: didResolver(), now: new Date() };
  let document = await readJson(join(folder, 'unsigned.json'));
  const steps: [string, string, number][] = [
    ['proofSetConfig1', 'signedProofSet1', 1],
    ['proofSetConfig2', 'signedProofSet2', 2],
    ['proofChainConfig1', 'signedProofChain1', 3],
    ['proofChainConfig2', 'signedProofChain2', 4],
  ];
  for (const [configFile, signedFile, n] of steps) {
    const config = await readJson(join(folder, `${configFile}.json`));
    const previous = config.previousProof;
    document = await addProof(document, suite, key(n), {
      verificationMethod: String(config.verificationMethod),
      created: String(config.created),
      ...(typeof config.id === 'string' ? { id: config.id } : {}),
      ...(previous === undefined
        ? {}
        : { previousProof: Array.isArray(previous) ? previous.map(String) : String(previous) }),
    });
    const published = await readJson(join(folder, `${signedFile}.json`));
    const values = (doc: JsonObject) =>
      (Array.isArray(doc.proof) ? doc.proof : [doc.proof]).map((proof) => proof.proofValue);
    const equal = JSON.stringify(values(document)) === JSON.stringify(values(published));
    tally.check(equal, `proof-set-chain: ${signedFile} has our signatures`);
    tally.check((await verifyProofs(published, checks)).ok, `proof-set-chain: ${signedFile}`);
  }
}

/**
 * Credentials and presentations named `…-ok` or `…-fail`, wherever they lie below the folder. As the
 * VCDM 2.0 suite does, an issuer is put in where the file leaves it out. `-ok` files must pass and,
 * signed by both suites and enveloped, verify; a proof of a suite that we have must be right. `-fail` files
 * must be refused: by shape, by JSON-LD, by their proof or dates, or because they are no JSON object at all.
 */
async function modelVectors(tally: Tally, folder: string, rdfc: Cryptosuite): Promise<void> {
  const files = (await readdir(folder, { recursive: true }).catch(() => []))
    .filter((file) => MODEL_FILE.test(file))
    .sort();
  for (const file of files) {
    const mustFail = /-fail(?:-or-inject)?\.json(?:ld)?$/.test(file);
    const read = await readJson(join(folder, file)).catch((e: Error) => e.message);
    if (typeof read === 'string') {
      tally.check(mustFail, `${file}: ${read}`);
      continue;
    }
    const signed = provenHere(read);
    const isOne = isCredential(file, read);
    const document = isOne && !signed ? completed(read, file, didKey(MODEL_KEY.publicKey)) : read;
    const problem =
      (await modelProblem(document, isOne, rdfc)) ?? (await proofProblem(document, isOne, rdfc));
    if (mustFail) {
      tally.check(problem !== null, `${file} is accepted`);
      continue;
    }
    tally.check(problem === null, `${file}: ${problem}`);
    if (problem === null && read.proof === undefined)
      await signedModel(tally, file, document, rdfc);
  }
}

/** Whether a document has proofs that can be judged here: both suites, keys named by themselves. */
function provenHere({ proof }: JsonObject): boolean {
  const proofs = Array.isArray(proof) ? proof : [proof];
  return proofs.every(
    (one) =>
      isObject(one) &&
      (one.cryptosuite === 'eddsa-jcs-2022' || one.cryptosuite === 'eddsa-rdfc-2022') &&
      typeof one.verificationMethod === 'string' &&
      one.verificationMethod.startsWith('did:key:'),
  );
}

/** What is wrong with the proofs of a document, or of a credential that it presents; null without any. */
async function proofProblem(
  document: JsonObject,
  credential: boolean,
  rdfc: Cryptosuite,
): Promise<string | null> {
  const held = credential ? [] : [document.verifiableCredential ?? []].flat();
  for (const inner of held.filter(isObject)) {
    const problem = await proofProblem(inner, true, rdfc);
    if (problem !== null) return problem;
  }
  if (!provenHere(document)) return null;
  const checks = { suites: [eddsaJcs2022, rdfc], resolve: didResolver(), now: new Date() };
  const verdict = credential
    ? await verifyCredential(document, checks)
    : await verifyProofs(document, { ...checks, purpose: 'authentication' });
  return verdict.ok ? null : verdict.reason;
}

const MODEL_FILE = /-(?:ok|fail|fail-or-inject)\.json(?:ld)?$/;
const MODEL_KEY = keyPair(new Uint8Array(32).fill(7));

/** By the suite's names; other files tell it by their type. */
function isCredential(file: string, { type }: JsonObject): boolean {
  const name = file.replace(/^.*\//, '');
  if (/^(?:credential|issuer)-/.test(name)) return true;
  if (/^presentation-/.test(name)) return false;
  return !(Array.isArray(type) ? type : [type]).includes('VerifiablePresentation');
}

async function modelProblem(
  document: JsonObject,
  credential: boolean,
  rdfc: Cryptosuite,
): Promise<string | null> {
  const problems = credential ? credentialProblems(document) : presentationProblems(document);
  return problems[0] ?? (await jsonLdProblem(document, rdfc));
}

/** What is well formed can be signed in every form, and verifies. */
async function signedModel(
  tally: Tally,
  file: string,
  document: JsonObject,
  rdfc: Cryptosuite,
): Promise<void> {
  const method = didKeyMethod(MODEL_KEY.publicKey);
  for (const suite of [eddsaJcs2022, rdfc]) {
    const signed = await addProof(document, suite, MODEL_KEY, {
      verificationMethod: method,
      created: '2026-01-01T00:00:00Z',
    });
    const checks = { suites: [suite], resolve: didResolver(), now: new Date() };
    const verdict = await verifyProofs(signed, checks);
    tally.check(verdict.ok, `${file} signed with ${suite.name}`);
  }
  if (document.issuer === undefined) return;
  const verdict = verifyJwt(signJwt(document, MODEL_KEY, method), didResolver());
  tally.check(verdict.ok, `${file} as vc+jwt`);
}

/** Fills in what the suite leaves to the tester: the issuer, and dates relative to today. */
function completed(content: JsonObject, file: string, issuer: string): JsonObject {
  const { issuer: given, validFrom, validUntil } = content;
  const dates: Record<string, string> = {
    'PAST DATE': '2020-01-01T00:00:00Z',
    'FUTURE DATE': '2100-01-01T00:00:00Z',
  };
  const dated = (name: string, value: unknown) =>
    typeof value === 'string' && dates[value] ? { [name]: dates[value] } : {};
  return {
    ...content,
    ...(given === undefined && !file.includes('no-issuer') ? { issuer } : {}),
    ...(isObject(given) && given.id === undefined ? { issuer: { ...given, id: issuer } } : {}),
    ...dated('validFrom', validFrom),
    ...dated('validUntil', validUntil),
  };
}

/** What JSON-LD's safe mode has against a document, or null. */
async function jsonLdProblem(document: JsonObject, rdfc: Cryptosuite): Promise<string | null> {
  const { proof: _, ...unsecured } = document;
  try {
    await rdfc.canonicalize(unsecured);
    return null;
  } catch (error) {
    if (error instanceof CredentialError) return error.message;
    throw error;
  }
}

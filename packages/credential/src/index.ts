export {
  type BundleCheck,
  type BundleEventView,
  type BundleVerdict,
  verifyBundle,
} from './bundle.ts';
export { BUNDLE_CHECKS, type BundleCheckId } from './bundle-checks.ts';
export { type BundleSource, createBundle } from './bundle-create.ts';
export {
  type BundleEvent,
  type BundleHistory,
  encodeBundle,
  type IssuerKey,
  type PassportBundle,
  parseBundle,
} from './bundle-format.ts';
export type { BundleOptions } from './bundle-steps.ts';
export {
  type CredentialChecks,
  type VerifiedCredential,
  verifyCredential,
} from './credential.ts';
export {
  CREDENTIALS_V2,
  credentialProblems,
  issuerOf,
  presentationProblems,
} from './credential-shape.ts';
export {
  addProof,
  type Cryptosuite,
  type HashedProof,
  hashProof,
  type ProofChecks,
  type ProofOptions,
  type VerifiedProofs,
  verifyProofs,
} from './data-integrity.ts';
export {
  didDocument,
  didKey,
  didKeyDocument,
  didKeyMethod,
  didResolver,
  didWeb,
  didWebUrl,
  type KeyResolver,
  type ProofPurpose,
  type ResolvedKey,
} from './did.ts';
export { eddsaJcs2022 } from './eddsa-jcs.ts';
export { CredentialError, type CredentialFaultCode, type Fault } from './fault.ts';
export { envelopJwt, signJwt, verifyJwt } from './jose.ts';
export {
  decodePublicKey,
  decodeSecretKey,
  encodePublicKey,
  encodeSecretKey,
  type KeyPair,
  keyPair,
  signBytes,
} from './key.ts';
export { credentialDigest } from './key-history.ts';
export {
  checkStatus,
  MIN_STATUS_ENTRIES,
  StatusList,
  type StatusPurpose,
  statusEntry,
  statusListCredential,
} from './status-list.ts';

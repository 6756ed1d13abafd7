/** SHA-256 in browsers, which have none that answers at once (`#sha256` in package.json). */
export { sha256 } from '@noble/hashes/sha2.js';

/**
 * The content security policy forbids making code from text. Zod would try whether it may, and the
 * browser would report the attempt; told beforehand, it does not try. Imported before all else.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export {};

/* The parts used of two packages that ship no types; `jsonld`'s community types lack RDFC-1.0. */

declare module 'jsonld' {
  interface CanonizeOptions {
    readonly algorithm: 'RDFC-1.0';
    readonly format: 'application/n-quads';
    readonly safe: boolean;
    readonly rdfDirection: 'i18n-datatype';
    readonly documentLoader: (
      url: string,
    ) => Promise<{ contextUrl: undefined; documentUrl: string; document: unknown }>;
    readonly canonizeOptions: { readonly maxWorkFactor: number };
  }
  const jsonld: { canonize(document: object, options: CanonizeOptions): Promise<string> };
  export default jsonld;
}

declare module '@digitalbazaar/credentials-context' {
  /** W3C credential contexts by URL. */
  export const contexts: ReadonlyMap<string, unknown>;
}

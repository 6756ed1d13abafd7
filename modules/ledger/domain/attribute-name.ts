/** One spelling of a master data attribute: `cbvmda:city`, `urn:epcglobal:cbv:mda:city`, `…mda#city`. */
export function attributeName(name: string): string {
  return name
    .replace(/^cbvmda:/, 'urn:epcglobal:cbv:mda:')
    .replace(/^urn:epcglobal:cbv:mda#/, 'urn:epcglobal:cbv:mda:');
}

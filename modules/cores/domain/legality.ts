/**
 * Where a core may come from. Sources: Measures for the Administration of End-of-Life Vehicle
 * Recycling (five assemblies only from and to licensed firms), import restrictions on used
 * engines and assemblies; see the knowledge base for the texts.
 */
export interface Origin {
  /** The core was taken from a vehicle or machine (it has a donor). */
  readonly fromVehicle: boolean;
  /** The supplier has a valid dismantler's licence on the day. */
  readonly licensed: boolean;
  /** It is a whole end-of-life vehicle: it has a VIN, and who takes it in is licensed to. */
  readonly isVehicle: boolean;
  readonly hasVin: boolean;
  readonly weAreLicensed: boolean;
  /** The part is one of the five assemblies (engine, transmission, front and rear axle, frame). */
  readonly restricted: boolean;
  readonly imported: boolean;
  /** Held under customs bond, kept apart from domestic stock. */
  readonly bonded: boolean;
  /** Number of the certificate of the vehicle's disposal. */
  readonly disposalCertificate: string | undefined;
}

export type Objection =
  | 'licence-missing'
  | 'vin-missing'
  | 'own-licence-missing'
  | 'certificate-missing'
  | 'import-restricted';

/** What stands against taking the core in; empty when nothing does. */
export function objections(o: Origin): Objection[] {
  const found: Objection[] = [];
  if (o.fromVehicle && !o.licensed) found.push('licence-missing');
  if (o.isVehicle && !o.hasVin) found.push('vin-missing');
  if (o.isVehicle && !o.weAreLicensed) found.push('own-licence-missing');
  if (o.fromVehicle && o.restricted && !o.disposalCertificate) found.push('certificate-missing');
  if (o.imported && o.restricted && !o.bonded) found.push('import-restricted');
  return found;
}

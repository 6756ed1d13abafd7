import type { JsonObject, JsonValue } from '@zaizao/tlog';
import type { PassportFacts } from '../contract.ts';
import { both } from './subject.ts';

/*
 * The passport as an Asset Administration Shell environment (IDTA 01001, version 3.1): the shell of the
 * product with the digital nameplate (IDTA 02006-3-0-1), the passport's own data (IDTA 02099-1), and what
 * neither has a place for, its remanufacture, as a submodel of ours. Semantic identifiers are those of
 * the published templates.
 */

export interface ShellSource {
  readonly facts: PassportFacts;
  /** What the label carries. */
  readonly link: string;
  /** Address of the credential. */
  readonly passportUrl: string;
  readonly isActive: boolean;
  readonly updatedAt: string;
  /** Global location number of the plant, when it has one. */
  readonly facility?: string | undefined;
}

const NAMEPLATE = 'https://admin-shell.io/idta/nameplate/3/0';
const DPP = 'https://admin-shell.io/idta/cds';
const OWN = 'https://ns.zaizao.dev/aas/remanufacturing/1/0';

/** The whole environment, ready to be written as a JSON file. */
export function shellOf(source: ShellSource): JsonObject {
  const { facts } = source;
  const id = (part: string) => `urn:zaizao:aas:${part}:${encodeURIComponent(facts.epc)}`;
  const submodels = [
    nameplate(source, id('nameplate')),
    metadata(source, id('dpp-metadata')),
    remanufacture(facts, id('remanufacturing')),
  ];
  return {
    assetAdministrationShells: [
      {
        modelType: 'AssetAdministrationShell',
        idShort: 'RemanufacturedProduct',
        id: id('shell'),
        assetInformation: {
          assetKind: 'Instance',
          globalAssetId: source.link,
          specificAssetIds: [
            { name: 'serialNumber', value: facts.serial },
            { name: 'manufacturerPartId', value: facts.product.number },
          ],
        },
        submodels: submodels.map((made) =>
          reference('ModelReference', 'Submodel', String(made.id)),
        ),
      },
    ],
    submodels,
  };
}

/** IDTA 02006-3-0-1. */
function nameplate({ facts, link }: ShellSource, id: string): JsonObject {
  const irdi = (value: string) => `0112/2///61987#${value}`;
  const { certificate } = facts;
  return {
    ...submodel('Nameplate', id, `${NAMEPLATE}/Nameplate`),
    administration: {
      version: '3',
      revision: '0',
      templateId: 'https://admin-shell.io/idta-02006-3-0',
    },
    submodelElements: [
      property('URIOfTheProduct', link, irdi('ABN590#002'), 'xs:anyURI'),
      words('ManufacturerName', [facts.maker.name, facts.maker.name], irdi('ABA565#009')),
      words(
        'ManufacturerProductDesignation',
        [facts.product.name.zh, facts.product.name.en],
        irdi('ABA567#009'),
      ),
      collection(
        'AddressInformation',
        [words('Company', [facts.maker.name, facts.maker.name], '0173-1#02-AAW001#001')],
        'https://admin-shell.io/zvei/nameplate/1/0/ContactInformations/AddressInformation',
      ),
      words(
        'ManufacturerProductFamily',
        [facts.product.family, facts.product.family],
        irdi('ABP464#002'),
      ),
      property('OrderCodeOfManufacturer', facts.product.number, irdi('ABA950#008')),
      property('ProductArticleNumberOfManufacturer', facts.product.number, irdi('ABA581#007')),
      property('SerialNumber', facts.serial, irdi('ABA951#009')),
      property('YearOfConstruction', facts.bornAt.slice(0, 4), irdi('ABP000#002')),
      property('DateOfManufacture', facts.bornAt.slice(0, 10), irdi('ABB757#007'), 'xs:date'),
      ...(certificate ? [markings(certificate, irdi)] : []),
    ],
  };
}

/** The certificate as a marking: its number, its day, its document. */
function markings(
  certificate: NonNullable<PassportFacts['certificate']>,
  irdi: (value: string) => string,
): JsonObject {
  const marking = collection(
    undefined,
    [
      property('MarkingName', 'Certificate of conformity', irdi('ABA231#009')),
      property('DesignationOfCertificateOrApproval', certificate.code, irdi('ABH783#003')),
      property('IssueDate', certificate.issuedAt.slice(0, 10), irdi('ABO097#001'), 'xs:date'),
      {
        modelType: 'File',
        idShort: 'MarkingFile',
        semanticId: external(irdi('ABO100#002')),
        value: certificate.url,
        contentType: 'application/pdf',
      },
    ],
    '0112/2///61360_7#AAS009#001',
  );
  return {
    modelType: 'SubmodelElementList',
    idShort: 'Markings',
    semanticId: external('0112/2///61360_7#AAS006#001'),
    typeValueListElement: 'SubmodelElementCollection',
    value: [marking],
  };
}

/** IDTA 02099-1. */
function metadata(source: ShellSource, id: string): JsonObject {
  const { facts, link, passportUrl, isActive, updatedAt, facility } = source;
  const of = (name: string, value: string, type = 'xs:string') =>
    property(name, value, `${DPP}/${name}/1`, type);
  return {
    ...submodel('DppMetadata', id, `${DPP}/dppMetadata/1`),
    semanticId: reference('ModelReference', 'Submodel', `${DPP}/dppMetadata/1`),
    administration: { version: '1', revision: '0' },
    submodelElements: [
      of('digitalProductPassportId', passportUrl),
      of('uniqueProductIdentifier', link),
      of('granularity', 'Item'),
      of('dppSchemaVersion', 'UNTP-DPP:0.6.1'),
      of('dppStatus', isActive ? 'Active' : 'Inactive'),
      of('lastUpdate', updatedAt, 'xs:dateTime'),
      of('economicOperatorId', `urn:zaizao:organisation:${facts.maker.id}`),
      ...(facility ? [of('facilityId', facility)] : []),
    ],
  };
}

/** What no published template has a place for yet. */
function remanufacture(facts: PassportFacts, id: string): JsonObject {
  const of = (name: string, value: string, type: string) =>
    property(name, value, `${OWN}/${name}`, type);
  const { counts, massG, keptG } = facts.made;
  const results = (facts.test?.results ?? []).map((r) =>
    collection(
      undefined,
      [
        property('Characteristic', r.code, `${OWN}/Characteristic`),
        words('Name', [r.name.zh, r.name.en], `${OWN}/Name`),
        property('Value', r.value, `${OWN}/Value`, 'xs:decimal'),
        property('Unit', r.unit, `${OWN}/Unit`),
        property('Verdict', r.verdict, `${OWN}/Verdict`),
      ],
      `${OWN}/TestResult`,
    ),
  );
  const lives = facts.lives.map(({ epc }) => ({
    modelType: 'Property',
    valueType: 'xs:anyURI',
    value: epc,
  }));
  return {
    ...submodel('Remanufacturing', id, `${OWN}/Remanufacturing`),
    administration: { version: '1', revision: '0' },
    submodelElements: [
      of('LifeNumber', String(facts.life), 'xs:positiveInteger'),
      of('MassKeptGram', String(Math.round(keptG)), 'xs:nonNegativeInteger'),
      of('MassGram', String(Math.round(massG)), 'xs:nonNegativeInteger'),
      of('PartsReused', String(counts.reused), 'xs:nonNegativeInteger'),
      of('PartsRestored', String(counts.restored), 'xs:nonNegativeInteger'),
      of('PartsNew', String(counts.new), 'xs:nonNegativeInteger'),
      of('Product', both(facts.product.name), 'xs:string'),
      ...list('PreviousLives', 'Property', lives, { valueTypeListElement: 'xs:anyURI' }),
      ...list('TestResults', 'SubmodelElementCollection', results),
    ],
  };
}

// ── Elements ────────────────────────────────────────────────────────────────

function submodel(idShort: string, id: string, semanticId: string) {
  return {
    modelType: 'Submodel',
    kind: 'Instance',
    idShort,
    id,
    semanticId: external(semanticId),
  };
}

function reference(type: string, key: string, value: string): JsonObject {
  return { type, keys: [{ type: key, value }] };
}

const external = (value: string) => reference('ExternalReference', 'GlobalReference', value);

function property(
  idShort: string,
  value: string,
  semanticId: string,
  valueType = 'xs:string',
): JsonObject {
  return { modelType: 'Property', idShort, semanticId: external(semanticId), valueType, value };
}

function words(
  idShort: string,
  [zh, en]: readonly [string, string],
  semanticId: string,
): JsonObject {
  return {
    modelType: 'MultiLanguageProperty',
    idShort,
    semanticId: external(semanticId),
    value: [
      { language: 'zh', text: zh },
      { language: 'en', text: en },
    ],
  };
}

/** Elements of a list have no name of their own. */
function collection(
  idShort: string | undefined,
  value: readonly JsonValue[],
  semanticId: string,
): JsonObject {
  return {
    modelType: 'SubmodelElementCollection',
    ...(idShort === undefined ? {} : { idShort }),
    semanticId: external(semanticId),
    value,
  };
}

/** A list; the metamodel has no empty ones. */
function list(
  idShort: string,
  typeValueListElement: string,
  value: readonly JsonValue[],
  more: JsonObject = {},
): JsonObject[] {
  if (value.length === 0) return [];
  return [
    {
      modelType: 'SubmodelElementList',
      idShort,
      semanticId: external(`${OWN}/${idShort}`),
      typeValueListElement,
      ...more,
      value,
    },
  ];
}

/**
 * First two characters of a vehicle identification number by country (ISO 3780; the ranges run A–Z, then 1–9, 0):
 * `from-to|ISO 3166-1 alpha-2`.
 */
const RANGES: readonly string[] = [
  'AA-AH|ZA',
  'HA-H0|CN',
  'JA-J0|JP',
  'KL-KR|KR',
  'LA-L0|CN',
  'MA-ME|IN',
  'MF-MK|ID',
  'ML-MR|TH',
  'NL-NR|TR',
  'PA-PE|PH',
  'PL-PR|MY',
  'RF-RG|TW',
  'RL-RR|VN',
  'SA-SM|GB',
  'SN-ST|DE',
  'SU-SZ|PL',
  'TA-TH|CH',
  'TJ-TP|CZ',
  'TR-TV|HU',
  'TW-T1|PT',
  'UU-UZ|RO',
  'VA-VE|AT',
  'VF-VR|FR',
  'VS-VW|ES',
  'WA-W0|DE',
  'XL-XR|NL',
  'XS-XW|RU',
  'X3-X0|RU',
  'YA-YE|BE',
  'YF-YK|FI',
  'YS-YW|SE',
  'ZA-ZR|IT',
  '1A-10|US',
  '2A-20|CA',
  '3A-3W|MX',
  '4A-40|US',
  '5A-50|US',
  '6A-6W|AU',
  '7A-7E|NZ',
  '7F-70|US',
  '8A-8E|AR',
  '9A-9E|BR',
  '93-99|BR',
];

const ORDER = 'ABCDEFGHJKLMNPRSTUVWXYZ1234567890';

/** The country (ISO 3166-1 alpha-2) that assigned the manufacturer identifier; undefined for ranges not listed. */
export function countryOf(vin: string): string | undefined {
  const second = ORDER.indexOf(vin.charAt(1));
  for (const range of RANGES) {
    const [span = '', country] = range.split('|');
    const [from = '', to = ''] = span.split('-');
    if (from.charAt(0) !== vin.charAt(0) || second < 0) continue;
    if (second >= ORDER.indexOf(from.charAt(1)) && second <= ORDER.indexOf(to.charAt(1))) {
      return country;
    }
  }
  return undefined;
}

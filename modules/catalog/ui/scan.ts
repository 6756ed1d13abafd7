import { read, type ScanResolver } from '@zaizao/platform/ui';
import { findCandidates } from '../contract.ts';

/** A part number or GTIN leads to its part. */
const resolve: ScanResolver = async (code) => {
  if (code.length > 60 || /^https?:/i.test(code)) return undefined;
  const { items } = await read(findCandidates, { query: { number: code } });
  const [first] = items;
  if (!first) return undefined;
  return {
    to: '/office/catalogue/parts/$partId',
    params: { partId: first.part.id },
    label: first.part.number,
  };
};

export default resolve;

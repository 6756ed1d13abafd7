import { Problem, read, type ScanResolver } from '@zaizao/platform/ui';
import { scan } from '../contract.ts';

/** Any thing that the ledger knows has a life line. */
const lifeLineOf: ScanResolver = async (code) => {
  try {
    const { thing } = await read(scan, { query: { code } });
    return {
      to: '/office/things/$epc',
      params: { epc: thing.epc },
      label: `${thing.name.zh} ${thing.code}`,
    };
  } catch (e) {
    if (e instanceof Problem) return undefined;
    throw e;
  }
};

export default lifeLineOf;

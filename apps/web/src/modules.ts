import catalog from '@zaizao/modules/catalog/ui';
import cores from '@zaizao/modules/cores/ui';
import deposits from '@zaizao/modules/deposits/ui';
import dismantling from '@zaizao/modules/dismantling/ui';
import footprint from '@zaizao/modules/footprint/ui';
import inspection from '@zaizao/modules/inspection/ui';
import instruments from '@zaizao/modules/instruments/ui';
import ledger from '@zaizao/modules/ledger/ui';
import market from '@zaizao/modules/market/ui';
import parties from '@zaizao/modules/parties/ui';
import passport from '@zaizao/modules/passport/ui';
import planning from '@zaizao/modules/planning/ui';
import production from '@zaizao/modules/production/ui';
import quality from '@zaizao/modules/quality/ui';
import stock from '@zaizao/modules/stock/ui';
import type { PageList } from '@zaizao/platform/ui/pages';
import identity from '@zaizao/platform/ui/settings';

/** What the application is made of: one line a module, in the order of the alphabet. */
export const modules: readonly PageList[] = [
  identity,
  catalog,
  ledger,
  footprint,
  market,
  parties,
  passport,
  cores,
  instruments,
  planning,
  production,
  quality,
  stock,
  dismantling,
  inspection,
  deposits,
];

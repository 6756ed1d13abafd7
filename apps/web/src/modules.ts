import catalog from '@zaizao/modules/catalog/ui';
import cores from '@zaizao/modules/cores/ui';
import ledger from '@zaizao/modules/ledger/ui';
import parties from '@zaizao/modules/parties/ui';
import passport from '@zaizao/modules/passport/ui';
import type { PageList } from '@zaizao/platform/ui/pages';
import identity from '@zaizao/platform/ui/settings';

/** What the application is made of: one line a module, in the order of the alphabet. */
export const modules: readonly PageList[] = [identity, catalog, ledger, parties, passport, cores];

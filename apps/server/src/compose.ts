import { coresModule } from '@zaizao/modules/cores';
import { instrumentsModule } from '@zaizao/modules/instruments';
import { ledgerModule } from '@zaizao/modules/ledger';
import { organisationKinds, partiesModule, roleTable } from '@zaizao/modules/parties';
import type { Module } from '@zaizao/platform/http';
import type { IdentityOptions } from '@zaizao/platform/identity';

/** The trade, in the order in which migrations run. */
export const modules: readonly Module[] = [
  ledgerModule,
  partiesModule,
  coresModule,
  instrumentsModule,
];

export const identity: IdentityOptions = { roles: roleTable, kinds: organisationKinds };

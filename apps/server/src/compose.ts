import { catalogModule } from '@zaizao/modules/catalog';
import { coresModule } from '@zaizao/modules/cores';
import { depositsModule } from '@zaizao/modules/deposits';
import { dismantlingModule } from '@zaizao/modules/dismantling';
import { footprintModule } from '@zaizao/modules/footprint';
import { inspectionModule } from '@zaizao/modules/inspection';
import { instrumentsModule } from '@zaizao/modules/instruments';
import { ledgerModule } from '@zaizao/modules/ledger';
import { marketModule } from '@zaizao/modules/market';
import { organisationKinds, partiesModule, roleTable } from '@zaizao/modules/parties';
import { passportModule } from '@zaizao/modules/passport';
import { planningModule } from '@zaizao/modules/planning';
import { productionModule } from '@zaizao/modules/production';
import { qualityModule } from '@zaizao/modules/quality';
import { stockModule } from '@zaizao/modules/stock';
import type { Module } from '@zaizao/platform/http';
import type { IdentityOptions } from '@zaizao/platform/identity';

/** The trade, in the order in which migrations run. */
export const modules: readonly Module[] = [
  ledgerModule,
  partiesModule,
  catalogModule,
  coresModule,
  instrumentsModule,
  dismantlingModule,
  inspectionModule,
  productionModule,
  planningModule,
  depositsModule,
  qualityModule,
  passportModule,
  marketModule,
  stockModule,
  footprintModule,
];

export const identity: IdentityOptions = { roles: roleTable, kinds: organisationKinds };

import { sql } from 'kysely';
import { httpErrors } from '../http/contract.ts';
import { type Route, route } from '../http/index.ts';
import { err, ok } from '../kernel/index.ts';
import * as c from './contract.ts';
import { identityErrors } from './errors.ts';
import { type Organisation, remember } from './organisations.ts';
import { asOwner } from './owner.ts';

interface Row extends Organisation {
  created_at: Date;
  version: number;
}

const view = (o: Row) => ({
  ...{ id: o.id, name: o.name, kind: o.kind, simulated: o.simulated, version: o.version },
  createdAt: o.created_at.toISOString(),
});

export const organisationRoutes: readonly Route[] = [
  route(c.readOrganisation, async (ctx) => {
    const { rows } = await asOwner(ctx.tx, () =>
      sql<Row>`select * from identity.organisation where no = ${ctx.org.no}`.execute(ctx.tx),
    );
    const [row] = rows;
    return row ? ok(view(row)) : err(identityErrors.NOT_A_MEMBER());
  }),

  route(c.renameOrganisation, async (ctx, { body, version }) => {
    const { rows } = await asOwner(ctx.tx, () =>
      sql<Row>`
        update identity.organisation set name = ${body.name}, version = version + 1
        where no = ${ctx.org.no} and version = ${version} returning *`.execute(ctx.tx),
    );
    const [row] = rows;
    if (!row) return err(httpErrors.STALE_VERSION());
    await ctx.publish('identity.organisation-renamed', row.id, { id: row.id, name: row.name });
    const { no, id, name, kind, simulated } = row;
    ctx.afterCommit(() => remember(ctx.app.db, { no, id, name, kind, simulated }));
    return ok(view(row));
  }),
];

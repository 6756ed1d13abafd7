import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { dismantlingErrors } from '../contract.ts';
import { updateComponent } from '../repo/component.ts';
import { getComponent } from './components.ts';

/**
 * Corrects what a count found: where a component lies, how many pieces more or fewer a lot has (at least one
 * stays, and so does the mass of a piece), reckoned from what it has by then. Who counted records it in the ledger.
 */
export async function correctComponent(
  ctx: Ctx,
  componentId: string,
  to: { readonly place?: string; readonly more?: number },
): Promise<Result<undefined>> {
  const found = await getComponent(ctx, componentId, true);
  if (!found.ok) return found;
  const { state, qty, mass_g, code } = found.value;
  const pieces = qty + (to.more ?? 0);
  if (to.more !== undefined && (pieces < 1 || found.value.serialised)) {
    return err(dismantlingErrors.COMPONENT_LOT_SMALL({ code, qty }));
  }
  const corrected = await updateComponent(ctx, componentId, state, {
    ...(to.place === undefined ? {} : { place: to.place }),
    ...(to.more === undefined
      ? {}
      : { qty: pieces, mass_g: ((Number(mass_g) / qty) * pieces).toFixed(3) }),
  });
  return corrected ? ok(undefined) : err(dismantlingErrors.COMPONENT_NOT_FOUND());
}

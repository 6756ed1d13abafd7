import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { dismantlingErrors } from '../contract.ts';
import { updateComponent } from '../repo/component.ts';
import { getComponent } from './components.ts';

/**
 * Corrects what a count found: where a component lies, how many pieces a lot has (at least one; the mass
 * of a piece stays). Who counted records it in the ledger.
 */
export async function correctComponent(
  ctx: Ctx,
  componentId: string,
  to: { readonly place?: string; readonly qty?: number },
): Promise<Result<undefined>> {
  const found = await getComponent(ctx, componentId, true);
  if (!found.ok) return found;
  const { state, qty, mass_g, code } = found.value;
  if (to.qty !== undefined && (to.qty < 1 || found.value.serialised)) {
    return err(dismantlingErrors.COMPONENT_LOT_SMALL({ code, qty }));
  }
  const corrected = await updateComponent(ctx, componentId, state, {
    ...(to.place === undefined ? {} : { place: to.place }),
    ...(to.qty === undefined
      ? {}
      : { qty: to.qty, mass_g: ((Number(mass_g) / qty) * to.qty).toFixed(3) }),
  });
  return corrected ? ok(undefined) : err(dismantlingErrors.COMPONENT_NOT_FOUND());
}

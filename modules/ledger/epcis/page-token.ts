import { createHash } from 'node:crypto';
import { decodeCursor, encodeCursor } from '@zaizao/platform/db';
import type { Caller, Ctx } from '@zaizao/platform/http';
import { ok } from '@zaizao/platform/kernel';
import type { Parameters } from '../domain/query/parse.ts';
import { forgetToken, isForgotten } from '../repo/page-token.ts';
import type { Request } from './message.ts';
import { EpcisProblem } from './problem.ts';

/** How long a page token can be used. */
const LIFE_MS = 86_400_000;

type Place = readonly (string | number)[];

/** A token holds its place in the list and when it ends; nothing is kept for it. */
function tokenOf(place: Place, endsAt: number): string {
  return `${endsAt.toString(36)}.${encodeCursor(place)}`;
}

function partsOf(token: string): { endsAt: number; place: Place } | undefined {
  const [, end = '', cursor = ''] = /^([0-9a-z]{1,10})\.([\w-]+)$/.exec(token) ?? [];
  const place = decodeCursor(cursor);
  return place && { endsAt: Number.parseInt(end, 36), place };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The place in a token; refused when it is none, has ended, or was given up. */
export async function placeOf(ctx: Ctx, parameters: Parameters): Promise<Place | undefined> {
  const values = parameters.get('nextPageToken');
  if (values === undefined) return undefined;
  const token = values.join('|');
  const parts = partsOf(token);
  if (!parts?.place.every((part) => typeof part === 'string' || Number.isSafeInteger(part))) {
    throw new EpcisProblem('QueryParameterException', 'nextPageToken is none of ours');
  }
  const hasEnded = parts.endsAt < ctx.clock.now().getTime();
  if (hasEnded || (await isForgotten(ctx.tx, ctx.org.no, hashOf(token)))) {
    throw new EpcisProblem('QueryParameterException', 'nextPageToken has ended: start again');
  }
  return parts.place;
}

/** `Link: <…>; rel="next"`: the same address with another token. */
export function nextLink(request: Request, caller: Caller, place: Place) {
  const endsAt = caller.app.clock.now().getTime() + LIFE_MS;
  const url = new URL(request.url, caller.app.config.publicUrl);
  url.searchParams.set('nextPageToken', tokenOf(place, endsAt));
  return {
    link: `<${url.toString()}>; rel="next"`,
    'gs1-next-page-token-expires': new Date(endsAt).toISOString(),
  };
}

/** Gives a token up before its end. */
export async function endToken(caller: Caller, token: string): Promise<void> {
  const parts = partsOf(token);
  if (!parts) throw new EpcisProblem('NoSuchResourceException', 'nextPageToken is none of ours');
  const { endsAt } = parts;
  await caller.inOrg(async (ctx) => {
    await forgetToken(ctx.tx, ctx.org.no, hashOf(token), endsAt, ctx.clock.now().getTime());
    return ok();
  });
}

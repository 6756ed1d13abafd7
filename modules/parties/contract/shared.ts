/** Permissions and words that several parts of the contract use. */
import { definePermissions } from '@zaizao/platform/contract';
import { type Text, text } from '@zaizao/platform/kernel';
import { z } from 'zod';

export const perm = definePermissions({
  'parties.organisation:read': text('查看组织资料', 'See the organisation'),
  'parties.organisation:edit': text('修改组织资料', 'Edit the organisation'),
  'parties.site:read': text('查看场所', 'See sites'),
  'parties.site:edit': text('新建和修改场所', 'Add and edit sites'),
  'parties.partner:read': text('查看往来单位', 'See partners'),
  'parties.partner:edit': text('登记和修改往来单位', 'Add and edit partners'),
  'parties.licence:read': text('查看资质', 'See licences'),
  'parties.licence:edit': text('登记和修改资质', 'Record and edit licences'),
});

// Object.keys loses the literal types that z.enum needs to keep; the tables above are the only source.
export const keys = <T extends string>(table: Record<T, Text>) =>
  z.enum(Object.keys(table) as [T, ...T[]]);

export const version = z.number().int();

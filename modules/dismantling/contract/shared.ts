/** What several parts of the contract show. */
import { id } from '@zaizao/platform/contract';
import { z } from 'zod';

export const bilingual = z.object({ zh: z.string(), en: z.string() });
export const PartRef = z.object({ id: z.string(), number: z.string(), name: bilingual });
export const version = z.number().int();
export const teardownId = z.object({ teardownId: id('tear') });

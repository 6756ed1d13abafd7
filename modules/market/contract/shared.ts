import { z } from 'zod';

const bilingual = z.object({ zh: z.string(), en: z.string() });
export const PartRef = z.object({ id: z.string(), number: z.string(), name: bilingual });

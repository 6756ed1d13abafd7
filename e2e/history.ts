import { searchStorefront } from '@zaizao/modules/market/contract';

const PATIENCE_MS = 280_000;
/** By then every kind of record has been made at least once. */
const ENOUGH = 2;

/** Waits until the simulated history has got as far as things for sale that stay for sale. */
export default async function waitForHistory(config: {
  projects: { use: { baseURL?: string | undefined } }[];
}): Promise<void> {
  const baseURL = config.projects[0]?.use.baseURL;
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const response = await fetch(new URL(searchStorefront.path, baseURL));
    const found = (await response.json()) as { items: unknown[] };
    if (found.items.length >= ENOUGH) return;
    await new Promise((r) => setTimeout(r, 1000));
  }
  throw new Error('the demonstration has nothing for sale after four minutes');
}

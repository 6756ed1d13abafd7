import { useAddress } from '../parts/address.ts';
import { useGo } from '../parts/link.tsx';
import { renewSession } from '../session.tsx';
import { homeFace } from './home.ts';

/** After signing in: back to where one was sent from, or home. */
export function useEnter(): () => Promise<void> {
  const go = useGo();
  const [search] = useAddress();
  return async () => {
    const session = await renewSession();
    const wanted = search.to;
    // only a path of our own, never an address somewhere else
    if (wanted && /^\/(?!\/)/.test(wanted)) {
      const [to = '/', query = ''] = wanted.split('?');
      go({ to, search: Object.fromEntries(new URLSearchParams(query)) });
    } else go({ to: homeFace(session, innerWidth < 700) });
  };
}

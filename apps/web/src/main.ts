import './strict-policy.ts';
import { offerTour } from '@zaizao/platform/ui';
import { startApplication } from '@zaizao/platform/ui/shell';
import { modules } from './modules.ts';
import { plantTour } from './tour/offer.ts';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root');

// the gallery shows the kit's parts to those who build with them; no build carries it
const extra = import.meta.env.DEV ? (await import('./gallery/pages.ts')).default : [];
offerTour(plantTour);
await startApplication(place, modules, extra);

// the shell works without a network; browsers allow that on https and localhost only
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/sw.js');
}

/**
 * Keeps the shell on the device, so that the floor starts and goes on without a network. Pages and
 * their pieces come from here; data never do, except who was signed in when the network was last
 * there. What people do without a network is queued by the page itself (IndexedDB).
 */
const CACHE = 'zaizao-__VERSION__';
const FILES = ['__FILES__'];
const SESSION = '/api/v1/session';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(FILES))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((n) => n.startsWith('zaizao-') && n !== CACHE))
      .then((old) => Promise.all(old.map((n) => caches.delete(n))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(fromCache(request));
  else if (request.mode === 'navigate' && !isServers(url.pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match('/')));
  } else if (url.pathname === SESSION) event.respondWith(networkFirst(request));
});

/** Addresses that the server itself answers, not a page. */
function isServers(path) {
  return /^\/(api|epcis|log|pact|health|metrics|\.well-known)(\/|$)/.test(path);
}

/** Hashed names never change their content. */
async function fromCache(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

async function networkFirst(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(SESSION, answer.clone());
    return answer;
  } catch (offline) {
    const kept = await cache.match(SESSION);
    if (kept) return kept;
    throw offline;
  }
}

import { registeredErrors } from '../kernel/index.ts';
import { type Endpoint, registeredPermissions } from './contract.ts';
import type { Module } from './module.ts';

const html = (s: string) =>
  s.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

const STYLE = `body{font:15px/1.5 system-ui,"Noto Sans SC",sans-serif;max-width:68rem;margin:2rem auto;padding:0 1rem;color:#1b2733}
h1{color:#0b6e4f}h2{margin-top:2.2rem;border-bottom:1px solid #d5dde3}code{font:13px ui-monospace,monospace}
details{border:1px solid #d5dde3;border-radius:6px;margin:.4rem 0;padding:.4rem .8rem}summary{cursor:pointer}
.m{display:inline-block;min-width:4.2rem;font-weight:600;color:#0b6e4f}.t{color:#52616b}
pre{overflow:auto;background:#f4f7f8;padding:.8rem;border-radius:6px}td,th{text-align:left;padding:.2rem .8rem .2rem 0;vertical-align:top}
@media (prefers-color-scheme:dark){body{background:#12181d;color:#e3e9ed}pre{background:#1b242b}.t{color:#9fb0bb}h1,.m{color:#5bc6a2}}`;

/** The browsable page of the API: every operation, permission and error, in both languages, without scripts. */
export function apiPage(modules: readonly Module[], document: { paths: object }): string {
  const paths = document.paths as Record<string, Record<string, unknown>>; // made by openApiOf
  const sections = modules.flatMap((m) => {
    const rows = (m.routes ?? []).map((r) => operation(r.endpoint, paths));
    const raw = (m.rawRoutes ?? []).map((r) => {
      const method = typeof r.method === 'string' ? r.method : r.method.join(' ');
      // A description that anybody may read is a link.
      const isFile = r.access === 'public' && r.url.endsWith('.json');
      const address = isFile ? `<a href="${html(r.url)}">${html(r.url)}</a>` : html(r.url);
      return `<details><summary><span class="m">${method}</span> <code>${address}</code> <span class="t">${html(r.title.zh)} / ${html(r.title.en)}</span></summary><p class="t">${html(r.access)}</p></details>`;
    });
    return rows.length + raw.length === 0
      ? []
      : `<h2 id="${m.name}">${m.name}</h2>${rows.join('')}${raw.join('')}`;
  });
  const errors = [...registeredErrors()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([code, e]) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${e.status}</td><td>${html(e.zh)}<br><span class="t">${html(e.en)}</span></td></tr>`,
    );
  const nav = modules
    .filter((m) => (m.routes ?? []).length + (m.rawRoutes ?? []).length > 0)
    .map((m) => `<a href="#${m.name}">${m.name}</a>`)
    .join(' · ');
  return `<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Zaizao API</title><style>${STYLE}</style><h1>再造 API</h1>
<p><a href="/api/openapi.json">OpenAPI 3.1</a> · ${nav} · <a href="#errors">错误 / errors</a></p>
<p>每个改变数据的 POST 都需要 <code>Idempotency-Key</code>；修改需要 <code>If-Match</code>；列表按 <code>cursor</code> 翻页。<br><span class="t">Every changing POST takes an Idempotency-Key, edits take If-Match, lists page by cursor. Sign in by cookie, or send an API key as <code>Authorization: Bearer</code>.</span></p>
${sections.join('')}<h2 id="errors">错误 / errors</h2><table>${errors.join('')}</table></html>`;
}

function operation(e: Endpoint, paths: Record<string, Record<string, unknown>>): string {
  const spec = paths[e.path.replace(/:(\w+)/g, '{$1}')]?.[e.method.toLowerCase()];
  const permission = registeredPermissions().get(e.access);
  const who = permission ? `${e.access}: ${permission.zh} / ${permission.en}` : e.access;
  return `<details><summary><span class="m">${e.method}</span> <code>${html(e.path)}</code> <span class="t">${html(e.title.zh)} / ${html(e.title.en)}</span></summary>
<p class="t">${html(who)}</p><pre>${html(JSON.stringify(spec, null, 1))}</pre></details>`;
}

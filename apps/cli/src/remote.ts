/** A server asked from outside, with or without a key. */

export interface Remote {
  readonly url: string;
  /** An API key of the organisation, `zz_…`. */
  readonly key: string | undefined;
}

export async function ask(
  { url, key }: Remote,
  path: string,
  init: { readonly method?: 'POST'; readonly body?: unknown } = {},
): Promise<Response> {
  const address = new URL(path, url);
  const response = await fetch(address, {
    method: init.method ?? 'GET',
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(init.method ? { 'idempotency-key': `cli-${crypto.randomUUID()}` } : {}),
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  }).catch((cause: Error) => {
    const why = cause.cause instanceof Error ? cause.cause.message : cause.message;
    throw new Error(
      `${address.origin} 没有应答（${why}），请检查网址，或去掉 --url 以直接打开数据目录。 / ` +
        `${address.origin} does not answer (${why}): check the address, or leave out --url to open the data directory.`,
    );
  });
  if (response.ok) return response;
  const body = await response.text();
  if (response.status === 401 || response.status === 403) {
    throw new Error(
      `需要接口密钥：请在“设置 → 接口密钥”中建立一个，用 --key 或 ZAIZAO_KEY 给出。 / ` +
        `A key is needed: make one under Settings → API keys and give it by --key or ZAIZAO_KEY. (${titleOf(body)})`,
    );
  }
  throw new Error(`${address.pathname}: ${response.status} ${titleOf(body)}`);
}

/** The sentence of a problem, or the body as it is. */
function titleOf(body: string): string {
  try {
    const parsed: { title?: unknown } = JSON.parse(body);
    return typeof parsed.title === 'string' ? parsed.title : body.slice(0, 300);
  } catch {
    return body.slice(0, 300);
  }
}

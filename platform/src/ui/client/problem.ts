/** One fault of what was sent: `path` is a pointer such as `body/name`. */
export interface Fault {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** A refusal by the server (RFC 9457), or the lack of any answer. `message` is for the person. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly faults: readonly Fault[];
  readonly params: Readonly<Record<string, string | number>>;

  constructor(
    sentence: string,
    fields: {
      readonly status: number;
      readonly code: string;
      readonly requestId?: string | undefined;
      readonly faults?: readonly Fault[] | undefined;
      readonly params?: Readonly<Record<string, string | number>> | undefined;
    },
  ) {
    super(sentence);
    this.name = 'Problem';
    this.status = fields.status;
    this.code = fields.code;
    this.requestId = fields.requestId;
    this.faults = fields.faults ?? [];
    this.params = fields.params ?? {};
  }

  /** No answer came: the network is down or the server is. */
  get isOffline(): boolean {
    return this.code === 'OFFLINE';
  }

  /** The server may well answer differently a moment later, to the very same request. */
  get isPassing(): boolean {
    return (
      this.isOffline ||
      this.status >= 500 ||
      this.status === 429 ||
      this.code === 'REQUEST_IN_FLIGHT'
    );
  }

  /** The fault of one field of the body, for showing beside it. */
  fault(field: string): string | undefined {
    return this.faults.find((f) => f.path === `body/${field}`)?.message;
  }
}

/** Reads an error response; a body that is no problem document still gives a clear sentence. */
export function problemFrom(status: number, body: unknown, fallback: string): Problem {
  const b = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>; // checked field by field below
  const faults = Array.isArray(b.errors) ? b.errors.filter(isFault) : [];
  return new Problem(typeof b.title === 'string' ? b.title : fallback, {
    status,
    code: typeof b.code === 'string' ? b.code : `HTTP_${status}`,
    requestId: typeof b.requestId === 'string' ? b.requestId : undefined,
    faults,
    params: b.params as Record<string, string | number> | undefined, // the server's own problem shape
  });
}

function isFault(value: unknown): value is Fault {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    'message' in value &&
    typeof value.path === 'string' &&
    typeof value.message === 'string'
  );
}

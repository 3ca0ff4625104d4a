/**
 * The closed table of failures. Every refusal that leaves a room is one of these: a code for programs, an HTTP
 * status, and a level for the log. The sentence is written where the failure is made; screens translate the code.
 */
export const failures = {
  'bad-json': { status: 400, level: 'info' },
  'bad-body': { status: 400, level: 'info' },
  'bad-encoding': { status: 400, level: 'info' },
  'bad-request': { status: 400, level: 'info' },
  'not-signed-in': { status: 401, level: 'info' },
  'role-not-allowed': { status: 403, level: 'info' },
  'origin-refused': { status: 403, level: 'warn' },
  'unit-not-yours': { status: 403, level: 'info' },
  'not-found': { status: 404, level: 'info' },
  'unit-unknown': { status: 404, level: 'info' },
  conflict: { status: 409, level: 'info' },
  'step-not-allowed': { status: 409, level: 'info' },
  'too-large': { status: 413, level: 'info' },
  'too-many-items': { status: 413, level: 'info' },
  'field-missing': { status: 422, level: 'info' },
  'field-invalid': { status: 422, level: 'info' },
  'field-out-of-range': { status: 422, level: 'info' },
  'time-invalid': { status: 422, level: 'info' },
  'time-future': { status: 422, level: 'info' },
  'no-fix': { status: 422, level: 'info' },
  'too-many-requests': { status: 429, level: 'warn' },
  'record-unavailable': { status: 503, level: 'error' },
  'shutting-down': { status: 503, level: 'info' },
  'sources-closed': { status: 503, level: 'error' },
  'sender-not-safe': { status: 409, level: 'info' },
  internal: { status: 503, level: 'error' },
} as const satisfies Record<string, { status: number; level: 'info' | 'warn' | 'error' }>;
export type FailureCode = keyof typeof failures;

/** What goes out over HTTP and sockets: `{"error": {...}}`. */
export interface FailureBody {
  readonly error: {
    readonly code: FailureCode;
    readonly message: string;
    readonly field?: string;
    readonly details?: Record<string, unknown>;
  };
}

interface FailureOptions {
  readonly field?: string;
  readonly details?: Record<string, unknown>;
  readonly cause?: unknown;
}

/** A refusal or fault on its way to an edge. Only edges (HTTP error handler, socket, CLI) catch it. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly field: string | undefined;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: FailureCode, message: string, options: FailureOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'Failure';
    this.code = code;
    this.field = options.field;
    this.details = options.details;
  }

  get status(): number {
    return failures[this.code].status;
  }

  toBody(): FailureBody {
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(this.field === undefined ? {} : { field: this.field }),
        ...(this.details === undefined ? {} : { details: this.details }),
      },
    };
  }
}

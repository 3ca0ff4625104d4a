import { failures, type FailureCode } from '../../shared/failure.ts';
import { failureMeanings } from './openapi-failures.ts';

/** A JSON Schema (2020-12, the dialect of OpenAPI 3.1). */
export type JsonSchema = Readonly<Record<string, unknown>>;

export type Content = Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
}

export interface Answer {
  readonly description: string;
  readonly content?: Content;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Answer>>;
  readonly security: ReadonlyArray<Readonly<Record<string, readonly string[]>>>;
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type Paths = Readonly<Record<string, Readonly<Partial<Record<Method, Operation>>>>>;

/** The part of OpenAPI 3.1 that we use. */
export interface ApiDescription {
  readonly openapi: string;
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: { readonly name: string; readonly identifier: string };
  };
  readonly tags: ReadonlyArray<{ readonly name: string; readonly description: string }>;
  readonly paths: Paths;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>;
  };
}

/** One call, in the words in which openapi-calls.ts writes them. */
export interface Call {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: Content;
  /** The body may be absent, and a bad one is no failure of the call. */
  readonly lenientBody?: true;
  readonly answers: Readonly<Record<string, Answer>>;
  /** Beside those that every call may end in. */
  readonly failures?: readonly FailureCode[];
  /** How one may sign in: schemes, any one of which will do. None: the call is open. */
  readonly signIn?: ReadonlyArray<'bearer' | 'cookie' | 'basic'>;
}

const withBody: readonly FailureCode[] = [
  'bad-json',
  'bad-body',
  'bad-encoding',
  'too-large',
  'record-unavailable',
];

/** A call as OpenAPI says it, with the failures that its kind always has. */
export function operation(call: Call): Operation {
  const {
    id,
    tag,
    summary,
    description,
    parameters,
    body,
    lenientBody,
    signIn = ['bearer', 'cookie'],
  } = call;
  const codes = new Set<FailureCode>([
    ...(signIn.length > 0 ? (['not-signed-in'] as const) : []),
    ...(signIn.includes('cookie') && body ? (['origin-refused'] as const) : []),
    ...(body && !lenientBody ? withBody : []),
    ...(call.failures ?? []),
  ]);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: !lenientBody, content: body } }),
    responses: { ...failureAnswers([...codes]), ...call.answers },
    security: signIn.map((scheme) => ({ [scheme]: [] })),
  };
}

/** Failures by their status: one status may stand for several codes. */
function failureAnswers(codes: readonly FailureCode[]): Record<string, Answer> {
  const answers: Record<string, Answer> = {};
  const statuses = new Set(codes.map((code) => failures[code].status));
  for (const status of statuses) {
    const told = codes.filter((code) => failures[code].status === status);
    const description = told.map((code) => `\`${code}\`: ${failureMeanings[code]}`).join('; ');
    answers[status] = { description, content: json(ref('Failure')) };
  }
  return answers;
}

export function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

export function json(schema: JsonSchema): Content {
  return { 'application/json': { schema } };
}

export function inPath(name: string, description: string, schema: JsonSchema = idText): Parameter {
  return { name, in: 'path', required: true, description, schema };
}

export function inQuery(name: string, description: string, schema: JsonSchema): Parameter {
  return { name, in: 'query', required: false, description, schema };
}

export const text: JsonSchema = { type: 'string' };
export const idText: JsonSchema = { type: 'string', minLength: 1, maxLength: 64 };
export const time: JsonSchema = { type: 'string', format: 'date-time' };

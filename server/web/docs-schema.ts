import { markup, prose, type Html } from './docs-html.ts';
import type { JsonSchema } from './openapi-shape.ts';

/** A schema in words: `text, 1 to 64 characters`, `list of Unit`, `P1 | P2`. Named ones are links. */
export function typeWords(schema: JsonSchema): Html {
  const { $ref, anyOf, oneOf, enum: values, const: value } = schema;
  if (typeof $ref === 'string') return namedLink($ref.split('/').at(-1) ?? '');
  if (Array.isArray(anyOf)) return joined(anyOf as JsonSchema[], ' or '); // a schema's anyOf holds schemas
  if (Array.isArray(oneOf)) return joined(oneOf as JsonSchema[], ' or ');
  if (Array.isArray(values))
    return markup`${values.map((one, at) => markup`${at > 0 ? ' | ' : ''}<code>${String(one)}</code>`)}`;
  if (value !== undefined) return markup`<code>${String(value)}</code>`;
  return plainWords(schema);
}

function plainWords(schema: JsonSchema): Html {
  const { items, properties, type } = schema;
  switch (type) {
    case 'string':
      return markup`text${schema['format'] === 'date-time' ? ', RFC 3339 time' : lengthWords(schema)}`;
    case 'number':
    case 'integer':
      return markup`${type === 'integer' ? 'whole number' : 'number'}${rangeWords(schema)}`;
    case 'boolean':
      return markup`true or false`;
    case 'null':
      return markup`null`;
    case 'array':
      return isSchema(items) ? markup`list of ${typeWords(items)}` : markup`list`;
    case 'object':
      return isSchema(properties) ? markup`object (${Object.keys(properties).join(', ')})` : markup`object`;
    default:
      return markup`anything`;
  }
}

/**
 * The fields of an object as a table; of anything else its words. Wide tables can be scrolled by keyboard.
 */
export function schemaBlock(name: string, schema: JsonSchema): Html {
  const { properties } = schema;
  if (!isSchema(properties)) return markup`<p>${typeWords(schema)}</p>`;
  const fields = Object.entries(properties);
  if (fields.length === 0) return markup`<p>No fields.</p>`;
  const needed: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const rows = fields.map(([field, about]) =>
    fieldRow(field, isSchema(about) ? about : {}, needed.includes(field)),
  );
  return markup`<div class="wide" tabindex="0" role="region" aria-label="Fields of ${name}"><table>
<thead><tr><th scope="col">Field</th><th scope="col">Needed</th><th scope="col">Is</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function fieldRow(field: string, about: JsonSchema, isNeeded: boolean): Html {
  const said = typeof about['description'] === 'string' ? markup`; ${prose(about['description'])}` : markup``;
  const standard =
    about['default'] === undefined
      ? markup``
      : markup`; else <code>${JSON.stringify(about['default'])}</code>`;
  return markup`<tr><th scope="row"><code>${field}</code></th><td>${isNeeded ? 'yes' : 'no'}</td>
<td>${typeWords(about)}${said}${standard}</td></tr>
`;
}

function namedLink(name: string): Html {
  return markup`<a href="#schema-${name}">${name}</a>`;
}

function joined(schemas: readonly JsonSchema[], word: string): Html {
  return markup`${schemas.map((schema, at) => markup`${at > 0 ? word : ''}${typeWords(schema)}`)}`;
}

function lengthWords({ minLength, maxLength }: JsonSchema): string {
  if (typeof maxLength !== 'number') return '';
  const range = typeof minLength === 'number' ? `${minLength} to ${maxLength}` : `at most ${maxLength}`;
  return `, ${range} characters`;
}

/** Without the bounds of JavaScript's own whole numbers, which say nothing about the field. */
function rangeWords({ minimum, maximum }: JsonSchema): string {
  const low = typeof minimum === 'number' && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const high = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (low !== undefined && high !== undefined) return `, ${low} to ${high}`;
  if (low !== undefined) return `, at least ${low}`;
  return high === undefined ? '' : `, at most ${high}`;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

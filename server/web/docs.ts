import { markup, prose, type Html } from './docs-html.ts';
import { schemaBlock, typeWords } from './docs-schema.ts';
import {
  ref,
  type Answer,
  type ApiDescription,
  type Content,
  type Method,
  type Operation,
  type Parameter,
} from './openapi-shape.ts';

export { docsCss } from './docs-css.ts';

interface PlacedOperation {
  readonly path: string;
  readonly method: Method;
  readonly operation: Operation;
}

/**
 * The API description for reading: one page, no script, no style but `/api/docs.css`, everything in it
 * escaped.
 */
export function docsPage(api: ApiDescription): string {
  const { title, version, description } = api.info;
  const calls = callsOf(api);
  const sections = api.tags.map((tag) =>
    section(
      tag,
      calls.filter(({ operation }) => operation.tags[0] === tag.name),
    ),
  );
  const schemas = Object.entries(api.components.schemas).map(
    ([name, schema]) => markup`<section id="schema-${name}"><h3>${name}</h3>
${typeof schema['description'] === 'string' ? markup`<p>${prose(schema['description'])}</p>` : markup``}
${schemaBlock(name, schema)}</section>
`,
  );
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} API ${version}</title>
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
<a class="skip" href="#calls">To the calls</a>
<header><h1>${title} API</h1>
<p>Version ${version}. For programs: <a href="/api/openapi.json">openapi.json</a>.</p>
<p>${prose(description)}</p>
<p>Every refusal has the body <a href="#schema-Failure">Failure</a>.</p>
${signingIn(api)}</header>
<nav aria-label="Parts of the API"><ul>
${api.tags.map(({ name }) => markup`<li><a href="#${anchor(name)}">${name}</a></li>`)}
<li><a href="#schemas">Schemas</a></li></ul></nav>
<main id="calls" tabindex="-1">
${sections}
<section id="schemas"><h2>Schemas</h2>
${schemas}</section>
</main>
</body>
</html>
`.source;
}

/** The keys of a path are methods: so `Paths` says. */
function callsOf({ paths }: ApiDescription): PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method as Method, operation })),
  );
}

function signingIn({ components }: ApiDescription): Html {
  const rows = Object.entries(components.securitySchemes).map(
    ([name, scheme]) => markup`<dt>${name}</dt><dd>${prose(String(scheme['description'] ?? ''))}</dd>`,
  );
  return markup`<h2>Signing in</h2><dl>${rows}</dl>`;
}

function section(
  tag: { readonly name: string; readonly description: string },
  calls: readonly PlacedOperation[],
): Html {
  return markup`<section id="${anchor(tag.name)}"><h2>${tag.name}</h2><p>${prose(tag.description)}</p>
${calls.map(call)}</section>
`;
}

function call({ path, method, operation }: PlacedOperation): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses, security } = operation;
  const signIn = security.flatMap((scheme) => Object.keys(scheme)).join(' or ');
  return markup`<article id="${operationId}" aria-labelledby="${operationId}-name">
<h3 id="${operationId}-name">
<code class="call"><span class="method">${method.toUpperCase()}</span> ${path}</code> ${summary}</h3>
${description === undefined ? markup`` : markup`<p>${prose(description)}</p>`}
<p>Sign in: ${signIn === '' ? 'not needed' : signIn}.</p>
${parameters.length === 0 ? markup`` : parameterList(parameters)}
${requestBody ? body(requestBody) : markup``}
<h4>Answers</h4><dl>${Object.entries(responses).map(answer)}</dl>
</article>
`;
}

function body({ required, content: forms }: NonNullable<Operation['requestBody']>): Html {
  return markup`<h4>Body${required ? '' : ' (may be absent)'}</h4>${content(forms)}`;
}

function parameterList(parameters: readonly Parameter[]): Html {
  const items = parameters.map(({ name, in: where, required, description, schema }) => {
    const place = required ? `${where}, needed` : where;
    const is = markup`${prose(description)} (${typeWords(schema)})`;
    return markup`<dt><code>${name}</code> (${place})</dt><dd>${is}</dd>`;
  });
  return markup`<h4>Parameters</h4><dl>${items}</dl>`;
}

/** The body of refusals is the same everywhere and told once, at the top. */
function answer([status, { description, content: forms }]: readonly [string, Answer]): Html {
  const isRefusal = forms?.['application/json']?.schema['$ref'] === ref('Failure')['$ref'];
  const shown = forms && !isRefusal ? content(forms) : markup``;
  return markup`<dt>${status}</dt><dd>${prose(description)}${shown}</dd>`;
}

function content(forms: Content): Html {
  const parts = Object.entries(forms).map(([type, { schema, example }]) => {
    const about =
      typeof schema['description'] === 'string' ? markup`, ${prose(schema['description'])}` : markup``;
    const sample = typeof example === 'string' ? example : JSON.stringify(example, null, 2);
    const shown =
      example === undefined
        ? markup``
        : markup`<pre tabindex="0" role="region" aria-label="Example, ${type}">${sample}</pre>`;
    return markup`<li><code>${type}</code>: ${typeWords(schema)}${about}${shown}</li>`;
  });
  return markup`<ul>${parts}</ul>`;
}

function anchor(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

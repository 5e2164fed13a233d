import { readFileSync } from 'node:fs';

// Reads the shapes of the Gateway API's HTTPRoute from the types of kubernetes-models, which are generated from the API's Go
// types: an interface, or a list of values, in a file of its own. They have the fields of the experimental channel, too.

const TYPES = 'node_modules/@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
const ROOT = 'HTTPRouteSpec';
/** Before the names of the API: Kubernetes has shapes with the same ones. */
const PREFIX = 'Gateway';

interface Shape {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

const PRIMITIVES: Readonly<Record<string, Shape>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  // All numbers of the API are whole numbers.
  number: { type: 'integer' },
};

/** Shapes with limits that are not in the types: those of the experimental channel, which has more values. */
const LIMITED: Readonly<Record<string, Shape>> = {
  PortNumber: { type: 'integer', minimum: 1, maximum: 65535 },
  HTTPPathModifierType: { type: 'string', enum: ['ReplaceFullPath', 'ReplacePrefixMatch'] },
  HTTPRouteFilterType: {
    type: 'string',
    enum: [
      'RequestHeaderModifier',
      'ResponseHeaderModifier',
      'RequestMirror',
      'RequestRedirect',
      'URLRewrite',
      'ExtensionRef',
      'CORS',
      'ExternalAuth',
    ],
  },
};

const INTERFACE =
  /(?:\/\*\*\n((?: \*[^\n]*\n)*?) \*\/\n)?export interface I\w+(?: extends ([^{]+))? \{\n([^]*?)\n\}/;
const FIELD = /(?:    \/\*\*\n((?:     \*[^\n]*\n)*?)     \*\/\n)?    "(\w+)"(\??): ([^;]+);/g;
const REFERENCE = /^IIoK8sSigsGatewayApiApisV1(\w+)$/;

/** The JSON Schema definitions of the shapes of an HTTPRoute, by name. */
export function gatewayShapes(): { readonly definitions: Readonly<Record<string, Shape>> } {
  const definitions = new Map<string, Shape>();
  const add = (name: string) => {
    if (definitions.has(name)) return;
    const shape = shapeOf(name);
    definitions.set(name, shape);
    for (const [, inner = ''] of JSON.stringify(shape).matchAll(/"#\/definitions\/Gateway(\w+)"/g))
      add(inner);
  };
  add(ROOT);
  const sorted = [...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { definitions: Object.fromEntries(sorted.map(([name, shape]) => [`${PREFIX}${name}`, shape])) };
}

/** The shape of an interface, with the fields of those that it extends. */
function shapeOf(name: string): Shape {
  const [, comment = '', parents = '', body = ''] = INTERFACE.exec(read(name)) ?? unreadable(name);
  const inherited = parents.split(',').flatMap((parent) => REFERENCE.exec(parent.trim())?.[1] ?? []);
  const fields = [...body.matchAll(FIELD)].map(([, text = '', field = '', optional = '', type = '']) => ({
    field,
    isRequired: optional === '',
    schema: { ...typeOf(type), description: words(text) },
  }));
  const above = inherited.map(shapeOf);
  const required = [
    ...above.flatMap((shape) => shape.required ?? []),
    ...fields.filter(({ isRequired }) => isRequired).map(({ field }) => field),
  ];
  return {
    title: `${name} of the Gateway API`,
    description: words(comment),
    type: 'object',
    properties: Object.assign(
      {},
      ...above.map(({ properties }) => properties),
      Object.fromEntries(fields.map(({ field, schema }) => [field, schema])),
    ) as Readonly<Record<string, Shape>>,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function typeOf(type: string): Shape {
  const [, item] = /^Array<(.+)>$/.exec(type) ?? [];
  if (item !== undefined) return { type: 'array', items: typeOf(item) };
  const values = type
    .split(' | ')
    .map((value) => (/^("[^"]*"|\d+)$/.test(value) ? (JSON.parse(value) as unknown) : undefined));
  if (!values.includes(undefined))
    return { type: typeof values[0] === 'number' ? 'integer' : 'string', enum: values };
  const [, name] = REFERENCE.exec(type) ?? [];
  if (name === undefined) return PRIMITIVES[type] ?? unreadable(type);
  if (LIMITED[name] !== undefined) return LIMITED[name];
  const [, alias] = new RegExp(`export type I${name} = ([^;]+);`).exec(read(name)) ?? [];
  return alias === undefined ? { $ref: `#/definitions/${PREFIX}${name}` } : typeOf(alias);
}

function read(name: string): string {
  return readFileSync(`${TYPES}/${name}.d.ts`, 'utf8');
}

function unreadable(name: string): never {
  throw new Error(`${TYPES}: cannot read ${name}`);
}

/** The first paragraph of a comment. The API's comments are long: they contain its conformance rules. */
function words(comment: string): string {
  const [paragraph = ''] = comment
    .split('\n')
    .map((line) => line.replace(/^ *\* ?/, ''))
    .join('\n')
    .split(/\n\s*\n|\n<gateway/);
  return paragraph
    .replaceAll(/\s+/g, ' ')
    .replaceAll(String.raw`\*`, '*')
    .trim();
}

/** The TypeScript types of the shapes. */
export function gatewayTypes(): string {
  const { definitions } = gatewayShapes();
  const interfaces = Object.entries(definitions).map(
    ([name, { description, properties = {}, required = [] }]) => {
      const fields = Object.entries(properties).map(
        ([field, schema]) =>
          `${docs(schema['description'])}readonly ${field}${required.includes(field) ? '' : '?'}: ${typeText(schema)};`,
      );
      return `${docs(description)}export interface ${name} {\n${fields.join('\n')}\n}\n`;
    },
  );
  return `// Generated by \`npm run schema\` from the types of kubernetes-models.\n\n${interfaces.join('\n')}`;
}

function typeText(schema: Shape): string {
  const { $ref, type, enum: values, items } = schema;
  if (typeof $ref === 'string') return $ref.replace('#/definitions/', '');
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (type === 'array') {
    const item = typeText(items as Shape);
    return `readonly ${item.includes('|') ? `(${item})` : item}[]`;
  }
  return type === 'integer' ? 'number' : String(type);
}

function docs(text: unknown): string {
  return `/** ${String(text)} */\n`;
}

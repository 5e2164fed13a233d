import type { FieldPath } from '../diagnostics/field-path.js';
import { at, isMap, listAt, mapAt, textAt, type Manifest } from '../kubernetes/manifest.js';
import { scalarText } from '../diagnostics/scalar-text.js';

/** An object in a document. */
export interface ContainedObject {
  readonly manifest: Manifest;
  /** Its path in the document: `['items', 0]`. */
  readonly path: FieldPath;
}

/** Returns the objects in a document: the items of a List or an OpenShift Template, else the document itself. */
export function itemsOf(document: Manifest): readonly Manifest[] {
  return containedIn(document).map(({ manifest }) => manifest);
}

/** Returns the objects in a document, with their paths. */
export function containedIn(document: Manifest): readonly ContainedObject[] {
  return isTemplate(document) ? inside('objects', objectsOf(document)) : listed(document);
}

function inside(list: string, items: readonly Manifest[]): ContainedObject[] {
  return items.flatMap((item, i) =>
    containedIn(item).map(({ manifest, path }) => ({ manifest, path: [list, i, ...path] })),
  );
}

/** Opens `kind: List` (from kubectl) and lists of one kind (from the API server), whose items have no kind. */
function listed(document: Manifest): readonly ContainedObject[] {
  const { apiVersion } = document;
  const kind = textAt(document, 'kind');
  if (!kind?.endsWith('List') || !Array.isArray(at(document, 'items')))
    return [{ manifest: document, path: [] }];
  const ofList = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  const items = listAt(document, 'items');
  return inside(
    'items',
    items.map((item) => (textAt(item, 'kind') === undefined ? { ...ofList, ...item } : item)),
  );
}

function isTemplate({ apiVersion, kind, objects }: Manifest): boolean {
  if (kind !== 'Template' || !Array.isArray(objects)) return false;
  return (
    apiVersion === 'v1' || (typeof apiVersion === 'string' && apiVersion.startsWith('template.openshift.io/'))
  );
}

/** Returns the objects of a Template as `oc process` does: with its labels and the values of its parameters. */
function objectsOf(template: Manifest): readonly Manifest[] {
  const values = new Map(
    listAt(template, 'parameters').flatMap((parameter): [string, string][] => {
      const [name, value] = [textAt(parameter, 'name'), parameter['value']];
      return name === undefined || value === undefined || value === null ? [] : [[name, scalarText(value)]];
    }),
  );
  const labels = filled(mapAt(template, 'labels'), values) as Manifest;
  return (filled(listAt(template, 'objects'), values) as Manifest[]).map((object) => {
    if (Object.keys(labels).length === 0) return object;
    const metadata = mapAt(object, 'metadata');
    return { ...object, metadata: { ...metadata, labels: { ...mapAt(metadata, 'labels'), ...labels } } };
  });
}

/** Fills in parameters: `${{NAME}}` becomes a value of any type, `${NAME}` part of a string. */
function filled(value: unknown, values: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, values));
  if (isMap(value)) {
    const entries = Object.entries(value).map(([key, inner]) => [
      filledText(key, values),
      filled(inner, values),
    ]);
    return Object.fromEntries(entries) as Manifest;
  }
  if (typeof value !== 'string') return value;
  const whole = /^\$\{\{([A-Za-z0-9_]+)\}\}$/.exec(value)?.[1];
  const given = whole === undefined ? undefined : values.get(whole);
  return given === undefined ? filledText(value, values) : asJson(given);
}

function filledText(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\{([A-Za-z0-9_]+)\}/g, (whole, name: string) => values.get(name) ?? whole);
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

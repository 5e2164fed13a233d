import { at, isMap, listAt, mapAt, textAt, type Manifest } from '../kubernetes/manifest.js';

/** The objects in a document: those of a List or an OpenShift Template, else the document itself. */
export function itemsOf(document: Manifest): readonly Manifest[] {
  return isTemplate(document) ? objectsOf(document).flatMap(itemsOf) : listed(document);
}

/** `kind: List` as kubectl prints it, and the lists of one kind that the API server answers, whose items name no kind. */
function listed(document: Manifest): readonly Manifest[] {
  const { apiVersion } = document;
  const kind = textAt(document, 'kind');
  if (!kind?.endsWith('List') || !Array.isArray(at(document, 'items'))) return [document];
  const ofList = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return listAt(document, 'items').flatMap((item) =>
    itemsOf(textAt(item, 'kind') === undefined ? { ...ofList, ...item } : item),
  );
}

function isTemplate({ apiVersion, kind, objects }: Manifest): boolean {
  if (kind !== 'Template' || !Array.isArray(objects)) return false;
  return (
    apiVersion === 'v1' || (typeof apiVersion === 'string' && apiVersion.startsWith('template.openshift.io/'))
  );
}

/** The objects of a Template as `oc process` makes them: with its labels, and its parameters where they have values. */
function objectsOf(template: Manifest): readonly Manifest[] {
  const values = new Map(
    listAt(template, 'parameters').flatMap((parameter): [string, string][] => {
      const [name, value] = [textAt(parameter, 'name'), parameter['value']];
      return name === undefined || value === undefined || value === null ? [] : [[name, String(value)]];
    }),
  );
  const labels = filled(mapAt(template, 'labels'), values) as Manifest;
  return (filled(listAt(template, 'objects'), values) as Manifest[]).map((object) => {
    if (Object.keys(labels).length === 0) return object;
    const metadata = mapAt(object, 'metadata');
    return { ...object, metadata: { ...metadata, labels: { ...mapAt(metadata, 'labels'), ...labels } } };
  });
}

/** `${{NAME}}` stands for a value of any type, `${NAME}` for a part of a text. */
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
